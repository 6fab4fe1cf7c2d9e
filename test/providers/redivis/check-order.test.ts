import { describe, expect, it } from "vitest";
import type { LooseRequest } from "../../contract/loose-request.js";
import { bearer, defineUpload, failure, pathOf, useRedivis } from "./redivis-service.js";

const openService = useRedivis();
const mebibyte = 1024 * 1024;

describe("the checks come in the contract's order", () => {
  const absent = pathOf({ reference: "demo.nothing.a_table" });
  const row = { rows: [{ string: 1 }] };
  const steps: readonly [string, LooseRequest, ReturnType<typeof failure>][] = [
    [
      "no token, too large",
      { headers: {}, sizeBytes: 101 * mebibyte },
      failure(401, "invalid_token", "No credentials were provided."),
    ],
    ["an unknown token, too large", { headers: bearer("?"), sizeBytes: 101 * mebibyte }, failure(401, "invalid_token")],
    [
      "no scope, too large",
      { headers: bearer("reader"), sizeBytes: 101 * mebibyte },
      { status: 403, body: { ...failure(403, "insufficient_scope").body, scope: "data.edit" } as never },
    ],
    [
      "too large, not JSON",
      { body: undefined, bodyProblem: "?", sizeBytes: 101 * mebibyte },
      failure(413, "payload_too_large"),
    ],
    [
      "not JSON, absent dataset",
      { path: absent, body: undefined, bodyProblem: "it is cut" },
      failure(400, "invalid_request", "it is cut"),
    ],
    [
      "no body, absent dataset",
      { path: absent, body: undefined },
      failure(400, "invalid_request", expect.stringContaining("JSON object")),
    ],
    [
      "a list, absent dataset",
      { path: absent, body: [] },
      failure(400, "invalid_request", expect.stringContaining("JSON object")),
    ],
    [
      "no rows, absent dataset",
      { path: absent, body: { row: [] } },
      failure(400, "invalid_request", expect.stringContaining("rows")),
    ],
    [
      "rows that are not a list, absent dataset",
      { path: absent, body: { rows: { 0: {} } } },
      failure(400, "invalid_request", expect.stringContaining("rows")),
    ],
    [
      "a row that is not an object, absent dataset",
      { path: absent, body: { rows: [{}, [], null] } },
      failure(400, "invalid_request", "row 1: must be an object"),
    ],
    [
      "absent dataset, no right",
      { path: absent, headers: bearer("stranger"), body: row },
      failure(404, "not_found", "Dataset not found"),
    ],
    [
      "private dataset, absent table",
      { path: pathOf({ reference: "demo.secret.nothing" }), headers: bearer("stranger") },
      failure(404, "not_found", "Dataset not found"),
    ],
    [
      "absent table, no right",
      { path: pathOf({ reference: "demo.my_data:v9_9.nothing" }), headers: bearer("stranger") },
      failure(404, "not_found", "Table not found"),
    ],
    [
      "absent version, no right",
      { path: pathOf({ reference: "demo.my_data:v9_9.a_table" }), headers: bearer("stranger") },
      failure(404, "not_found", "Version not found"),
    ],
    [
      "no right, absent upload",
      { path: pathOf({ upload: "nothing" }), headers: bearer("stranger") },
      failure(403, "access_denied"),
    ],
    [
      "absent upload, released version",
      { path: pathOf({ reference: "demo.my_data.a_table", upload: "nothing" }) },
      failure(404, "not_found", "Upload not found"),
    ],
    [
      "released version, upload of a file",
      { path: pathOf({ reference: "demo.my_data.a_table", upload: "file" }), body: row },
      failure(400, "invalid_request", expect.stringContaining("v1_1")),
    ],
    [
      "upload of a file, wrong value",
      { path: pathOf({ upload: "file" }), body: row },
      failure(400, "invalid_request", expect.stringContaining("delimited")),
    ],
    [
      "wrong value",
      { body: row },
      failure(400, "invalid_request", "row 0, variable string: must be a JSON string, not a number"),
    ],
  ];

  it.each(steps)("%s", async (_name, request, expected) => {
    const service = openService({ authorization: "on" });
    await service.create(defineUpload());
    await service.create(defineUpload({ upload: { name: "file", type: "delimited", schema: [] } }));
    await service.create(defineUpload({ dataset: { name: "Secret", id: "s3cr", visibility: "private" } }));
    await service.saveToken("editor", { scopes: ["data.data", "data.edit"], grants: ["Demo"] });
    await service.saveToken("reader", { scopes: ["data.data"], grants: ["demo"] });
    await service.saveToken("stranger", { scopes: ["data.edit"], grants: ["other"] });
    expect(await service.send({ headers: bearer("editor"), body: row, ...request })).toMatchObject(expected);
  });

  it("and a row's first wrong value in the order sent is named, also beside the body", async () => {
    const service = openService();
    const upload = await service.create(defineUpload());
    const { body, violations } = await service.insert([
      { string: "a" },
      { string: "b", time: "noon", nope: 1, integer: "1" },
      { integer: "1" },
    ]);
    expect(body).toMatchObject({ error_description: "row 1, variable time: must be a time such as 13:45:00.000" });
    expect(violations).toEqual([
      { recordIndex: 1, field: "time", rule: "format", message: "must be a time such as 13:45:00.000" },
    ]);
    expect(await service.storedFields(upload)).toEqual([]);
  });

  it("and unknown paths and methods are not found", async () => {
    const { send } = openService();
    for (const request of [{ method: "GET" }, { path: "/api/v1/nothing" }, { path: pathOf({ upload: "" }) }] as const) {
      expect(await send(request)).toMatchObject(failure(404, "not_found"));
    }
  });
});
