import { allOf } from "../../../service/visible.js";
import { describe, expect, it } from "vitest";
import { showValue } from "../../../../src/json/stringify.js";
import type { Asked } from "../rest-client.js";
import { failure } from "../redivis-service.js";
import { nextName, schema, table, useUploads } from "./use-uploads.js";

const { app, ask, create } = useUploads();

async function uploadNames(): Promise<readonly unknown[]> {
  const { items } = await app().store.collections.listCollections({ visible: allOf("redivis") }, { first: 1000 });
  return items.map(({ definition }) => definition["name"]);
}

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
    ["with the content of a file", { ...good, type: "ndjson", content: "{}" }, invalid("`content`: is not served")],
    ["with content for a stream", { ...good, content: "" }, invalid("`content`")],
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
