import { systemRequest } from "../../src/core/request-scope.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApp, type PeerApp } from "./open-app.js";
import { sendRaw, type RawReply } from "./raw-client.js";

/** As the Python client writes them before the server has told it a URI, and after. */
const quotedTable = "/tables/demo.my_data%3Aabcd%3Anext.a_table%3Awxyz";
const plainTable = "/tables/demo.my_data:abcd:next.a_table:wxyz";
const newest = ["User-Agent: redivis-python/0.20.10 (Linux-6.1.0-18-amd64-x86_64-with-glibc2.36; Python/3.11.7)"];
const versionNames = [
  "X-Redivis-Client: redivis-python",
  "X-Redivis-Client-Version: 0.18.6",
  "X-Redivis-Client-Python-Version: 3.11.7",
];
const systemNames = ["X-Redivis-Client-System: Linux", "X-Redivis-Client-System-Version: 6.1.0-18-amd64"];
const older = ["User-Agent: redivis-python/0.18.6"];
const rest = ["Accept-Encoding: gzip, deflate", "Accept: */*", "Connection: keep-alive"];
const nulls = `"quoteCharacter": null, "escapeCharacter": null, "nullMarkers": null, "delimiter": null, "tempUploadId": null, "transferSpecification": null`;

let app: PeerApp;

beforeAll(async () => {
  app = await openApp();
  const schema = [
    { name: "name", type: "string" },
    { name: "age", type: "integer" },
    { name: "score", type: "float" },
    { name: "active", type: "boolean" },
  ];
  await app.manageCollections.create(systemRequest, "redivis", {
    tokens: {
      "tok-edit": { scope: ["data.edit"], canEdit: ["demo"] },
      "tok-data": { scope: ["data.data"], canEdit: ["demo"] },
      "tok-other": { scope: ["data.edit"], canEdit: [] },
    },
    owner: "demo",
    dataset: { name: "My data", id: "abcd", released: ["v1_0"], next: true, visibility: "public" },
    table: { name: "A table", id: "wxyz", uploads: [{ name: "events", type: "stream", schema }] },
  });
});
afterAll(() => app.close());

function post(path: string, body: string, token = "tok-edit"): Promise<RawReply> {
  const headers = [
    ...newest,
    ...rest,
    `Authorization: Bearer ${token}`,
    "Content-Type: application/json",
    "Content-Length:",
  ];
  return sendRaw(app.url, { method: "POST", path: `/api/v1${path}`, headers, body });
}

function ask(method: "GET" | "HEAD" | "DELETE", path: string): Promise<RawReply> {
  const headers = [
    ...newest,
    ...rest,
    "Authorization: Bearer tok-edit",
    ...(method === "DELETE" ? ["Content-Length:"] : []),
  ];
  return sendRaw(app.url, { method, path: `/api/v1${path}`, headers });
}

/** The three members without which the Python client does not find its own exception. */
function errorOf(text: string): unknown {
  return JSON.parse(text);
}

function anError(status: number, error: string, description = /./) {
  return expect.objectContaining({
    status,
    error,
    error_description: expect.stringMatching(description) as string,
  }) as unknown;
}

describe("redivis-python insert_rows", () => {
  it.each([
    ["before the server told it a URI", quotedTable],
    ["with the URI that the server told it", plainTable],
  ])("adds rows %s", async (_case, table) => {
    const reply = await post(
      `${table}/uploads/events/rows`,
      String.raw`{"rows": [{"name": "Jan\u00e9 \ud83d\ude00", "age": 9007199254740993, "score": 1e+16, "active": true}, {"name": null, "age": 30}]}`,
    );

    expect(reply.status).toBe(201);
    expect(reply.headers["content-type"]).toMatch(/^application\/json/);
    expect(reply.text).toBe('{"kind":"insertRowsResponse","rowsAdded":2}');
  });

  it("adds rows in the form of older versions", async () => {
    const headers = [
      ...older,
      ...rest,
      "Authorization: Bearer tok-edit",
      ...versionNames,
      ...systemNames,
      "Content-Type: application/json",
      "Content-Length:",
    ];
    const path = `/api/v1${quotedTable}/uploads/events/rows`;
    const reply = await sendRaw(app.url, {
      method: "POST",
      path,
      headers,
      body: '{"rows": [{"name": "a"}], "updateSchema": false}',
    });

    expect(reply).toMatchObject({ status: 201, text: '{"kind":"insertRowsResponse","rowsAdded":1}' });
  });

  it("is refused when a value is NaN, which is no JSON", async () => {
    const reply = await post(`${plainTable}/uploads/events/rows`, '{"rows": [{"name": "a", "score": NaN}]}');

    expect(reply.status).toBe(400);
    expect(errorOf(reply.text)).toEqual(anError(400, "invalid_request"));
  });

  it("is told the row and the variable of a wrong value", async () => {
    const reply = await post(`${plainTable}/uploads/events/rows`, '{"rows": [{"name": "a"}, {"age": "30"}]}');

    expect(errorOf(reply.text)).toEqual(anError(400, "invalid_request", /^row 1, variable age: /));
  });

  it.each([
    [401, "invalid_token", "tok-wrong", plainTable],
    [403, "access_denied", "tok-other", plainTable],
    [404, "not_found", "tok-edit", "/tables/demo.my_data:abcd:next.another_table"],
  ])("gets status %i and %s", async (status, error, token, table) => {
    const reply = await post(`${table}/uploads/events/rows`, '{"rows": [{"name": "a"}]}', token);

    expect(reply.status).toBe(status);
    expect(errorOf(reply.text)).toEqual(anError(status, error));
  });

  it("is told the scope it lacks", async () => {
    const reply = await post(`${plainTable}/uploads/events/rows`, '{"rows": [{"name": "a"}]}', "tok-data");

    expect(errorOf(reply.text)).toMatchObject({ status: 403, error: "insufficient_scope", scope: "data.edit" });
  });
});

describe("redivis-python upload.create", () => {
  const upload = `${quotedTable}/uploads/tiny%20file_csv`;
  const created = `{"name": "tiny file.csv", "type": "stream", "schema": [{"name": "name", "type": "string"}], "metadata": null, "hasHeaderRow": true, "skipBadRecords": false, "hasQuotedNewlines": null, "allowJaggedRows": false, ${nulls}}`;

  async function numRows(): Promise<unknown> {
    const { text } = await ask("GET", upload);
    return (JSON.parse(text) as { readonly numRows?: unknown }).numRows;
  }

  it("asks whether there is one, creates it, adds rows at the URI of the answer, and replaces it", async () => {
    const absent = await ask("HEAD", upload);
    const reply = await post(`${quotedTable}/uploads`, created);
    const { uri } = JSON.parse(reply.text) as { readonly uri: string };
    const inserted = await post(`${uri}/rows`, '{"rows": [{"name": "a"}, {"name": "b"}]}');
    const rowsBefore = await numRows();
    const present = await ask("HEAD", upload);
    const deleted = await ask("DELETE", uri);
    const again = await post(`${quotedTable}/uploads`, created);

    expect([absent.status, absent.text]).toEqual([404, ""]);
    expect(errorOf(decodeURIComponent(absent.headers["x-redivis-error-payload"] ?? ""))).toEqual(
      anError(404, "not_found"),
    );
    expect(reply.status).toBe(201);
    expect(JSON.parse(reply.text)).toMatchObject({
      kind: "upload",
      name: "tiny file.csv",
      type: "stream",
      numRows: 0,
      skipBadRecords: false,
    });
    expect(uri).toMatch(/^\/tables\//);
    expect(inserted).toMatchObject({ status: 201, text: '{"kind":"insertRowsResponse","rowsAdded":2}' });
    expect(rowsBefore).toBe(2);
    expect([present.status, present.text]).toEqual([200, ""]);
    expect(deleted.status).toBe(200);
    expect(deleted.text).toMatch(/^(OK|\{.*\})$/s);
    expect(again.status).toBe(201);
    expect(await numRows()).toBe(0);
  });

  it("is refused for a name that is taken", async () => {
    const reply = await post(`${quotedTable}/uploads`, created.replace("tiny file.csv", "events"));

    expect(errorOf(reply.text)).toEqual(anError(409, "conflict"));
  });
});

describe("redivis-python table.get", () => {
  it("reads the table and the URI to use from then on", async () => {
    const { status, text } = await ask("GET", quotedTable);
    const table = JSON.parse(text) as { readonly uri: string };

    expect(status).toBe(200);
    expect(table).toMatchObject({
      kind: "table",
      name: "A table",
      referenceId: "wxyz",
      container: { kind: "dataset" },
    });
    expect(JSON.parse((await ask("GET", table.uri)).text)).toEqual(table);
  });
});

describe("redivis-python table.list_uploads", () => {
  interface Page {
    readonly results: readonly { readonly name: string }[];
    readonly nextPageToken: string | null;
  }

  it("reads page after page until there is no token", async () => {
    await post(
      `${quotedTable}/uploads`,
      `{"name": "more", "type": "stream", "schema": [{"name": "name", "type": "string"}], ${nulls}}`,
    );
    const names: string[] = [];
    let query = "maxResults=1";
    for (let page: Page | undefined; page?.nextPageToken !== null;) {
      page = JSON.parse((await ask("GET", `${quotedTable}/uploads?${query}`)).text) as Page;
      names.push(...page.results.map(({ name }) => name));
      query = `pageToken=${encodeURIComponent(page.nextPageToken ?? "")}&maxResults=1`;
    }

    expect(names).toEqual(expect.arrayContaining(["events", "more"]));
    expect(new Set(names).size).toBe(names.length);
  });
});
