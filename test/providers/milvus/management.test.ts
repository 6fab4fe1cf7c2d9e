import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApp, type OpenTestApp } from "../../service/open-test-app.js";

let app: OpenTestApp;
beforeAll(async () => {
  app = await openTestApp({
    environment: { AUTHORIZATION: "on", MILVUS_REQUEST_MAX_BYTES: "2000", ZILLIZ_REQUEST_MAX_BYTES: "2000" },
  });
  for (const provider of ["milvus", "zilliz"]) {
    await app.grantAccess(provider, {
      users: [
        { name: "root", password: "Milvus" },
        { name: "guest", password: "secret", privileges: ["ShowCollections"], databases: ["default"] },
      ],
    });
  }
});
afterAll(() => app.close());

/** Status and text of the reply. Without a body the request is a GET. */
async function ask(path: string, body?: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const init = { headers: { authorization: "Bearer root:Milvus", ...headers } };
  const response = await app.fetch(path, body === undefined ? init : { ...init, method: "POST", body });
  return `${response.status} ${await response.text()}`;
}

describe.each(["", "/milvus", "/zilliz"])("over HTTP at '%s'", (root) => {
  test("integers keep their digits in both directions", async () => {
    const v2 = `${root}/v2/vectordb`;
    expect(await ask(`${v2}/collections/create`, '{"collectionName":"digits","dimension":2}')).toBe(
      '200 {"code":0,"data":{}}',
    );
    expect(
      await ask(
        `${v2}/entities/insert`,
        '{"collectionName":"digits","data":[{"id":9007199254740993,"vector":[0.5,1],"n":9223372036854775807}]}',
      ),
    ).toBe('200 {"code":0,"cost":0,"data":{"insertCount":1,"insertIds":[9007199254740993]}}');
    for (const id of ["9007199254740993", '"9007199254740993"', "[9007199254740992,9007199254740993]"]) {
      expect(await ask(`${root}/v1/vector/get`, `{"collectionName":"digits","id":${id}}`)).toBe(
        '200 {"code":200,"data":[{"id":9007199254740993,"vector":[0.5,1],"n":9223372036854775807}]}',
      );
    }
    expect(
      await ask(`${v2}/entities/get`, '{"collectionName":"digits","id":9007199254740993,"outputFields":["n"]}', {
        "accept-type-allow-int64": "false",
      }),
    ).toBe('200 {"code":0,"cost":0,"data":[{"id":"9007199254740993","n":9223372036854775807}]}');
    expect(await ask(`${root}/v1/vector/delete`, '{"collectionName":"digits","id":9007199254740992}')).toBe(
      '200 {"code":200,"data":{}}',
    );
    expect(await ask(`${root}/v1/vector/collections?dbName=default`)).toBe('200 {"code":200,"data":["digits"]}');
    expect(await ask(`${root}/v1/vector/collections/drop`, '{"collectionName":"digits"}')).toBe(
      '200 {"code":200,"data":{}}',
    );
  });

  test("a body above the limit is refused with 413", async () => {
    const body = JSON.stringify({ collectionName: "digits", id: "x".repeat(2000) });
    for (const path of [
      "/v1/vector/get",
      "/v1/vector/delete",
      "/v1/vector/collections/create",
      "/v1/vector/collections/drop",
      "/v2/vectordb/entities/get",
      "/v2/vectordb/collections/list",
    ]) {
      expect(await ask(root + path, body)).toBe(
        '413 {"code":1102,"message":"parameter too large[message=the request exceeds 2000 bytes]"}',
      );
    }
    expect(await ask(`${root}/v2/vectordb/entities/insert`, body.replace("digits", "nope"))).toMatch(
      /^200 \{"code":1802/,
    );
  });

  test("bodies that are not JSON, unknown paths and other methods get the contract's answers", async () => {
    expect(await ask(`${root}/v1/vector/get`, "{")).toMatch(
      /^200 \{"code":1801,"message":"can only accept json format request, error: /,
    );
    expect(await ask(`${root}/v1/vector/get`, '{"collectionName":"\xff')).toMatch(/^200 \{"code":1801/);
    expect(await ask(`${root}/v2/vectordb/collections/nonesuch`, "{}")).toBe("404 404 page not found");
    expect(await ask(`${root}/v1/vector/collections/describe`, "{}")).toBe("404 404 page not found");
    expect(await ask(`${root}/v1/vector/get?collectionName=digits&id=1`)).toBe("404 404 page not found");
  });

  test("callers have the rights of their credentials", async () => {
    const guest = { authorization: "Bearer guest:secret" };
    expect(await ask(`${root}/v1/vector/collections`, undefined, guest)).toMatch(/^200 \{"code":200/);
    expect(await ask(`${root}/v1/vector/collections?dbName=library`, undefined, guest)).toMatch(
      /^403 \{"code":65535,"message":"rpc error.*PrivilegeShowCollections: permission deny to guest in the `library` database"/,
    );
    expect(await ask(`${root}/v1/vector/collections/create`, '{"collectionName":"x","dimension":2}', guest)).toMatch(
      /^403 .*PrivilegeCreateCollection: permission deny to guest/,
    );
    expect(await ask(`${root}/v1/vector/collections`, undefined, { authorization: "Bearer root" })).toMatch(
      /^401 \{"code":1800/,
    );
  });
});
