import { allOf } from "../../../service/visible.js";
import { systemRequest } from "../../../../src/core/request-scope.js";
import { describe, expect, it } from "vitest";
import { showValue } from "../../../../src/json/stringify.js";
import { mounts } from "../rest-client.js";
import { failure } from "../redivis-service.js";
import { nextName, schema, table, useUploads } from "./use-uploads.js";

const { app, ask, create } = useUploads();

const absent = {
  hasHeaderRow: null,
  delimiter: null,
  quoteCharacter: null,
  escapeCharacter: null,
  hasQuotedNewlines: null,
  allowJaggedRows: null,
  nullMarkers: null,
};

describe("an upload", () => {
  it.each(mounts)(
    "is created, accepts rows at its uri, is read and is deleted with its rows, below %s",
    async (mount) => {
      const made = await create({ name: "tiny file.csv", type: "stream", schema }, { mount });
      expect([made.status, made.headers.get("content-type")]).toEqual([201, "application/json; charset=utf-8"]);
      const uri = `${table}/uploads/tiny%20file_csv`;
      expect(made.body).toEqual({
        ...{
          kind: "upload",
          uri,
          url: `/api/v1${uri}`,
          name: "tiny file.csv",
          type: "stream",
          status: "completed",
          numRows: 0,
          numBytes: null,
          hash: null,
          size: null,
        },
        ...{ schema, skipBadRecords: false, badRecordsCount: null, errorMessage: null, ...absent },
      });
      expect(await ask("POST", `${uri}/rows`, { body: { rows: [{ a: "x" }, { b: 2 }] }, mount })).toMatchObject({
        status: 201,
        body: { rowsAdded: 2 },
      });
      expect(await ask("GET", uri, { mount })).toMatchObject({ status: 200, body: { ...made.body, numRows: 2 } });
      const { items } = await app().store.collections.listCollections(
        { visible: allOf("redivis"), namePrefix: "a_table/tiny" },
        { first: 9 },
      );
      const deleted = await ask("DELETE", uri, { mount });
      expect([deleted.status, deleted.headers.get("content-type"), deleted.body]).toEqual([
        200,
        "application/json; charset=utf-8",
        { kind: "deleteUploadResponse", name: "tiny file.csv" },
      ]);
      expect(await ask("GET", uri, { mount })).toMatchObject(failure(404, "not_found", "Upload not found"));
      expect(await ask("DELETE", uri, { mount })).toMatchObject(failure(404, "not_found", "Upload not found"));
      expect(await app().store.records.countRecords([items[0]?.id ?? ""])).toEqual([0]);
    },
  );

  it("begins without rows when it is created again", async () => {
    const name = nextName();
    for (const rows of [[{ a: "x" }], []]) {
      const { body } = await create({ name, schema });
      expect(await ask("POST", `${showValue(body["uri"])}/rows`, { body: { rows } })).toMatchObject({ status: 201 });
      expect((await ask("GET", showValue(body["uri"]))).body["numRows"]).toBe(rows.length);
      await ask("DELETE", showValue(body["uri"]));
    }
  });

  it("is created by the request of the Python client, nulls included", async () => {
    const options = {
      metadata: null,
      hasHeaderRow: true,
      hasQuotedNewlines: null,
      allowJaggedRows: false,
      quoteCharacter: null,
      tempUploadId: null,
      transferSpecification: null,
    };
    expect(await create({ name: nextName(), type: "stream", schema, skipBadRecords: null, ...options })).toMatchObject({
      status: 201,
      body: { skipBadRecords: false, hasHeaderRow: null },
    });
    expect(await create({ name: nextName(), type: null, schema, skipBadRecords: true })).toMatchObject({
      status: 201,
      body: { type: "stream", skipBadRecords: true },
    });
    expect(await create({ name: nextName(), type: "shp.zip", schema: null })).toMatchObject({
      status: 201,
      body: { type: "shp.zip", schema: null },
    });
    expect(await create({ name: nextName(), type: "delimited", schema })).toMatchObject({
      status: 201,
      body: { schema: null },
    });
    const described = schema.map((variable) => ({ ...variable, label: "x" }));
    expect(
      await create({ name: nextName(), schema: described, owner: "other", table: "x", __proto__: 1 }),
    ).toMatchObject({ status: 201, body: { schema } });
  });

  it("skips bad rows when it was created to do so", async () => {
    const { body } = await create({ name: nextName(), schema, skipBadRecords: true });
    expect(
      await ask("POST", `${showValue(body["uri"])}/rows`, { body: { rows: [{ a: 1 }, { a: "x" }] } }),
    ).toMatchObject({ status: 201, body: { rowsAdded: 1 } });
  });

  it.each([
    ".",
    "..",
    "a/b",
    "a?b=c#d",
    "100%",
    "%2e%2e",
    "ü 😀",
    "a:b",
    "__proto__",
    "constructor",
    "'(!)*",
    "a\\b",
    " ",
    "x".repeat(255),
  ])("is found again by its uri when it is called %j", async (name) => {
    const { status, body } = await create({ name, schema });
    expect([status, body["name"]]).toEqual([201, name]);
    const uri = showValue(body["uri"]);
    expect(await ask("POST", `${uri}/rows`, { body: { rows: [{ a: "x" }] } })).toMatchObject({ status: 201 });
    expect(await ask("GET", uri)).toMatchObject({ status: 200, body: { name, uri, numRows: 1 } });
    expect(await ask("GET", uri.replaceAll(":", "%3A"))).toMatchObject({ status: 200, body: { name } });
    expect(await ask("HEAD", uri)).toMatchObject({ status: 200, text: "" });
    expect(await ask("DELETE", uri)).toMatchObject({ status: 200, body: { name } });
  });
});

describe("a name", () => {
  it("is taken once, in every spelling by which clients address it", async () => {
    const name = `${nextName()}.a_b`;
    expect(await create({ name, schema })).toMatchObject({ status: 201 });
    for (const taken of [name, name.replace(".", "_"), name.replace("_", ".")])
      expect(await create({ name: taken, schema })).toMatchObject(failure(409, "conflict"));
    expect(await create({ name: name.toUpperCase(), schema })).toMatchObject({ status: 201 });
  });

  it("is taken by one of many concurrent calls", async () => {
    const name = nextName();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => create({ name: index % 2 ? `${name}.x` : `${name}_x`, schema })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
  });

  it("is freed by one of many concurrent deletions", async () => {
    const { body } = await create({ name: nextName(), schema });
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask("DELETE", showValue(body["uri"]))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 5 }, () => 404)]);
    expect(await create({ name: body["name"], schema })).toMatchObject({ status: 201 });
  });

  it("is free on another table of the dataset", async () => {
    await app().manageCollections.create(systemRequest, "redivis", {
      owner: "demo",
      dataset: { name: "My data" },
      table: { name: "A table 2", id: "tab2", uploads: [{ name: "first", schema }] },
    });
    const name = nextName();
    for (const at of [table, "/tables/demo.my_data:abcd:next.a_table_2:tab2"])
      expect(await create({ name, schema }, {}, at)).toMatchObject({
        status: 201,
        body: { uri: expect.stringContaining(at) as unknown },
      });
  });
});
