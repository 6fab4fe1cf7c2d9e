import { describe, expect, it } from "vitest";
import { showValue } from "../../../../src/json/stringify.js";
import { mounts, useRestClient, type Answer, type Asked } from "../rest-client.js";
import { failure, reference } from "../redivis-service.js";

const { app, ask } = useRestClient();
const table = `/tables/${reference}`;
const schema = [
  { name: "a", type: "string" },
  { name: "b", type: "integer" },
];
let count = 0;

function nextName(): string {
  return `upload ${++count}`;
}

function create(body: unknown, asked: Asked = {}, at = table): Promise<Answer> {
  return ask("POST", `${at}/uploads`, { body, ...asked });
}

async function uploadNames(): Promise<readonly unknown[]> {
  const { items } = await app().store.collections.listCollections({ providers: ["redivis"] }, { first: 1000 });
  return items.map(({ definition }) => definition["name"]);
}

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
        { providers: ["redivis"], namePrefix: "a_table/tiny" },
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
    await app().manageCollections.create("redivis", {
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

describe("creating an upload is refused", () => {
  const invalid = (text: string) => failure(400, "invalid_request", expect.stringContaining(text));
  const good = { name: "never made", schema };
  it.each<[string, unknown, ReturnType<typeof failure>]>([
    ["without a name", { schema }, invalid("`name`")],
    ["with an empty name", { ...good, name: "" }, invalid("`name`")],
    ["with a name that is null", { ...good, name: null }, invalid("`name`")],
    ["with a name of 256 characters", { ...good, name: "x".repeat(256) }, invalid("`name`")],
    ["with U+0000 in the name", { ...good, name: "a\0b" }, invalid("`name`: contains U+0000.")],
    [
      "with half a character in the name",
      '{"name":"\\udc00","schema":[{"name":"a","type":"string"}]}',
      invalid("`name`"),
    ],
    ["with an unknown type", { ...good, type: "csv" }, invalid("`type`")],
    ["with a type that is not a text", { ...good, type: {} }, invalid("`type`")],
    ["without a schema", { name: "never made" }, invalid("`schema`")],
    ["with an empty schema", { ...good, schema: [] }, invalid("`schema`")],
    ["with a schema that is not a list", { ...good, schema: { a: "string" } }, invalid("`schema`")],
    ["with a variable that is not an object", { ...good, schema: [...schema, 7] }, invalid("`schema.2`")],
    [
      "with a variable that is reserved",
      { ...good, schema: [{ name: "_upload_name", type: "string" }] },
      invalid("`schema.0.name`"),
    ],
    ["with a dot in a variable", { ...good, schema: [{ name: "var.2", type: "string" }] }, invalid("`schema.0.name`")],
    [
      "with an unknown type of a variable",
      { ...good, schema: [{ name: "a", type: "text" }] },
      invalid("`schema.0.type`"),
    ],
    [
      "with a variable that is given twice",
      { ...good, schema: [...schema, ...schema] },
      invalid("`schema`: the variable a is given twice"),
    ],
    ["with skipBadRecords as a text", { ...good, skipBadRecords: "true" }, invalid("`skipBadRecords`")],
    ["with a list", [good], invalid("JSON object")],
    ["without a body", undefined, invalid("JSON object")],
    ["with a body that is not JSON", '{"name": NaN}', invalid("")],
    [
      "with two million variables",
      `{"name":"never made","schema":[${"1,".repeat(2_000_000)}1]}`,
      invalid("2000001 variables"),
    ],
  ])("%s", async (_name, body, expected) => {
    const answer = await create(body);
    expect(answer).toMatchObject(expected);
    expect(answer.text.length).toBeLessThan(600);
    expect(await uploadNames()).not.toContain("never made");
  });

  it("for other members only when the body is not JSON", async () => {
    const deep = "[".repeat(1000) + "]".repeat(1000);
    expect(
      await create(`{"name":"${nextName()}","schema":[{"name":"a","type":"string"}],"metadata":${deep}}`),
    ).toMatchObject({ status: 201 });
  });

  const bare = { name: "never made" };
  const secret = "/tables/demo.secret:s3cr:next.a_table:wxyz";
  const steps: readonly [string, Asked & { readonly at?: string }, ReturnType<typeof failure>][] = [
    ["no token", { token: "none", body: "{" }, failure(401, "invalid_token", "No credentials were provided.")],
    ["an unknown token", { token: "unknown", body: "{" }, failure(401, "invalid_token")],
    ["no scope, not JSON", { token: "reader", body: "{" }, failure(403, "insufficient_scope")],
    ["not JSON, absent dataset", { at: "/tables/demo.nothing.a_table", body: "{" }, failure(400, "invalid_request")],
    ["no schema, absent dataset", { at: "/tables/demo.nothing.a_table", body: bare }, invalid("`schema`")],
    [
      "a dataset that the caller cannot see",
      { at: secret, token: "stranger", body: good },
      failure(404, "not_found", "Dataset not found"),
    ],
    [
      "an absent table, no right",
      { at: "/tables/demo.my_data:abcd:next.nothing", token: "stranger", body: good },
      failure(404, "not_found", "Table not found"),
    ],
    [
      "an absent version, no right",
      { at: "/tables/demo.my_data:abcd:v9_9.a_table", token: "stranger", body: good },
      failure(404, "not_found", "Version not found"),
    ],
    [
      "no right, released version",
      { at: "/tables/demo.my_data:abcd.a_table", token: "stranger", body: good },
      failure(403, "access_denied"),
    ],
    [
      "a released version, a taken name",
      { at: "/tables/demo.my_data:abcd.a_table", body: { ...good, name: "events" } },
      invalid("v1_1"),
    ],
    ["a taken name", { body: { ...good, name: "events" } }, failure(409, "conflict")],
  ];
  it.each(steps)("in the contract's order: %s", async (_name, { at, ...asked }, expected) => {
    expect(await ask("POST", `${at ?? table}/uploads`, asked)).toMatchObject(expected);
    expect(await uploadNames()).not.toContain("never made");
  });
});

describe("deleting an upload is refused", () => {
  const upload = `${table}/uploads/events`;
  it.each<[string, string, Asked, ReturnType<typeof failure>]>([
    ["no token", upload, { token: "none" }, failure(401, "invalid_token")],
    [
      "no scope, absent dataset",
      "/tables/demo.nothing.a_table/uploads/x",
      { token: "reader" },
      failure(403, "insufficient_scope"),
    ],
    [
      "a dataset that the caller cannot see",
      "/tables/demo.secret:s3cr:next.a_table:wxyz/uploads/events",
      { token: "stranger" },
      failure(404, "not_found", "Dataset not found"),
    ],
    ["no right, absent upload", `${table}/uploads/nothing`, { token: "stranger" }, failure(403, "access_denied")],
    [
      "absent upload, released version",
      "/tables/demo.my_data:abcd:v1_0.a_table/uploads/nothing",
      {},
      failure(404, "not_found", "Upload not found"),
    ],
    [
      "released version",
      "/tables/demo.my_data:abcd:v1_0.a_table/uploads/events",
      {},
      failure(400, "invalid_request", expect.stringContaining("v1_0")),
    ],
  ])("in the contract's order: %s", async (_name, path, asked, expected) => {
    expect(await ask("DELETE", path, asked)).toMatchObject(expected);
    expect(await ask("GET", upload)).toMatchObject({ status: 200 });
  });

  it("never for a body, which it ignores", async () => {
    const { body } = await create({ name: nextName(), schema });
    expect(await ask("DELETE", showValue(body["uri"]), { body: "{" })).toMatchObject({ status: 200 });
  });
});
