import { describe, expect, test } from "vitest";
import { faces, ownOnes, useOpenApp } from "./use-open-app.js";

const listed = "https://app.example:8443";
const [milvusPath] = faces[0] ?? [""];
const insertPaths = [...faces, ...ownOnes];

/** The CORS headers of Milvus, as its dossier has them. */
const dossier = {
  "access-control-allow-origin": "*",
  "access-control-allow-credentials": "true",
  "access-control-allow-methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH",
  "access-control-allow-headers":
    "Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, accept, origin, Cache-Control, X-Requested-With",
};

function crossOriginOf(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith("access-control-")));
}

describe("without authorization", () => {
  const { ask, askGraphql, url } = useOpenApp({ CORS_ORIGINS: `${listed}, http://Other.example:80` });
  const host = (): string => `host: ${new URL(url()).host}`;

  describe.each(insertPaths)("%s", (path, form) => {
    test.each([
      ["another origin", ["origin: https://evil.example"]],
      ["no origin of its own", ["origin: null"]],
      ["another port of this machine", ["origin: http://127.0.0.1:1", "sec-fetch-site: same-site"]],
      ["the secure form of our own origin", ["origin: https://OWN"]],
      ["two origins", ["origin: http://OWN", "origin: https://evil.example"]],
      ["another site, without an origin", ["sec-fetch-site: cross-site"]],
      ["another site, by a redirect to our own origin", ["origin: http://OWN", "sec-fetch-site: cross-site"]],
      ["a form", ["origin: https://evil.example", "content-type: text/plain"]],
      ["JSON", ["origin: https://evil.example", "content-type: application/json", "apollo-require-preflight: 1"]],
    ])("refuses what changes something and comes from %s", async (_from, lines) => {
      const own = new URL(url()).host;
      const given = lines.map((line) => line.replace("OWN", own));
      for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
        const { status, headers, body } = await ask(`${method} ${path} HTTP/1.1`, host(), ...given);
        expect([method, status]).toEqual([method, 403]);
        expect(body).toMatch(form);
        expect(body).toContain("CORS_ORIGINS");
        expect(crossOriginOf(headers)).toEqual({});
        expect(headers["vary"]).toBe("Origin");
      }
    });

    test("serves our own page, listed origins and programs", async () => {
      const own = new URL(url()).host;
      for (const lines of [
        [],
        [`origin: http://${own}`, "sec-fetch-site: same-origin"],
        [`origin: ${listed}`, "sec-fetch-site: cross-site"],
        ["origin: http://other.example"],
        ["sec-fetch-site: none"],
      ])
        expect([lines, (await ask(`POST ${path} HTTP/1.1`, host(), ...lines)).body]).toEqual([
          lines,
          expect.not.stringContaining("CORS_ORIGINS") as string,
        ]);
    });

    test("never refuses GET, HEAD and OPTIONS for their origin, and lets no other origin read them", async () => {
      for (const method of ["GET", "HEAD", "OPTIONS"])
        for (const lines of [["origin: https://evil.example"], ["origin: null"], ["sec-fetch-site: cross-site"]]) {
          const { status, headers } = await ask(`${method} ${path} HTTP/1.1`, host(), ...lines);
          expect([method, lines, status]).not.toEqual([method, lines, 403]);
          expect(crossOriginOf(headers)).toEqual({});
          expect(headers["vary"]).toMatch(/(^|, )Origin$/);
        }
    });
  });

  test("a listed origin may read answers, by name", async () => {
    for (const path of ["/graphql", "/health", "/api/v1/tables/a.b.c"]) {
      const { headers } = await ask(`GET ${path} HTTP/1.1`, host(), `origin: ${listed}`);
      expect(crossOriginOf(headers)).toEqual({
        "access-control-allow-origin": listed,
        "access-control-expose-headers": "recordgate-violations, retry-after",
      });
    }
    const { headers, body } = await askGraphql("{ __typename }", `origin: ${listed}`);
    expect([headers["access-control-allow-origin"], body]).toEqual([listed, expect.stringContaining('"Query"')]);
  });

  test("a listed origin may ask before it sends, on every face", async () => {
    const preflight = [`origin: ${listed}`, "access-control-request-method: POST"];
    const { status, headers } = await ask("OPTIONS /graphql HTTP/1.1", host(), ...preflight);
    expect([status, crossOriginOf(headers)]).toEqual([
      204,
      {
        "access-control-allow-origin": listed,
        "access-control-expose-headers": "recordgate-violations, retry-after",
        "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
        "access-control-allow-headers":
          "content-type, authorization, apollo-require-preflight, x-apollo-operation-name, recordgate-deadline-ms, recordgate-fault",
        "access-control-max-age": "600",
      },
    ]);
    const wanted = "access-control-request-headers: x-acs-dingtalk-access-token";
    const face = await ask("OPTIONS /v1.0/notable/bases/b HTTP/1.1", host(), ...preflight, wanted);
    expect([face.status, face.headers["access-control-allow-headers"]]).toEqual([204, "x-acs-dingtalk-access-token"]);
  });

  test("Milvus' own CORS is left out for other origins only, its preflight too", async () => {
    const preflight = "access-control-request-method: POST";
    for (const lines of [
      [],
      [`origin: ${listed}`],
      [`origin: http://${new URL(url()).host}`],
      [`origin: ${listed}`, preflight],
    ])
      for (const method of ["POST", "OPTIONS"]) {
        const { headers } = await ask(`${method} ${milvusPath} HTTP/1.1`, host(), ...lines);
        expect([method, lines, headers]).toMatchObject([method, lines, dossier]);
      }
    const foreign = await ask(`OPTIONS ${milvusPath} HTTP/1.1`, host(), "origin: https://evil.example", preflight);
    expect([foreign.status, crossOriginOf(foreign.headers)]).toEqual([204, {}]);
  });

  test("an answer to no Origin is not the answer to another one in the cache of a browser", async () => {
    const { headers } = await ask("GET /v1/vector/collections HTTP/1.1", host());
    expect(headers).toMatchObject({ ...dossier, vary: "Origin" });
    const image = await ask("GET /v1/vector/collections HTTP/1.1", host(), "sec-fetch-site: cross-site");
    expect(crossOriginOf(image.headers)).toEqual({});
  });
});

describe("without authorization and without CORS_ORIGINS", () => {
  const { ask } = useOpenApp();

  test("no origin but our own reads anything", async () => {
    const own = await ask("GET /health HTTP/1.1", "host: localhost", "origin: http://localhost");
    expect(own.headers["access-control-allow-origin"]).toBe("http://localhost");
    const other = await ask("GET /health HTTP/1.1", "host: localhost", "origin: http://localhost:1");
    expect(crossOriginOf(other.headers)).toEqual({});
  });
});

describe("with authorization", () => {
  const { ask, askGraphql } = useOpenApp({ AUTHORIZATION: "on", CORS_ORIGINS: listed });
  const preflight = ["access-control-request-method: POST"];

  test.each(["https://evil.example", "null", listed])("Milvus' CORS is that of its dossier for %s", async (origin) => {
    const post = await ask(`POST ${milvusPath} HTTP/1.1`, "host: x", `origin: ${origin}`, "sec-fetch-site: cross-site");
    expect([post.status, crossOriginOf(post.headers), post.headers["vary"]]).toEqual([401, dossier, undefined]);
    const options = await ask(`OPTIONS ${milvusPath} HTTP/1.1`, "host: x", `origin: ${origin}`, ...preflight);
    expect([options.status, crossOriginOf(options.headers)]).toEqual([204, dossier]);
  });

  test("the other faces answer as their contracts say", async () => {
    const { headers } = await ask("GET /api/v1/tables/a.b.c HTTP/1.1", "host: x", `origin: ${listed}`);
    expect(crossOriginOf(headers)).toEqual({});
    expect(
      (await ask("OPTIONS /api/v1/tables HTTP/1.1", "host: x", `origin: ${listed}`, ...preflight)).status,
    ).not.toBe(204);
  });

  test("GraphQL is open to the listed origins only, preflight and answer", async () => {
    const options = await ask("OPTIONS /graphql HTTP/1.1", "host: x", `origin: ${listed}`, ...preflight);
    expect([options.status, options.headers["access-control-allow-origin"], options.headers["vary"]]).toEqual([
      204,
      listed,
      "Origin",
    ]);
    expect((await askGraphql("{ __typename }", `origin: ${listed}`)).headers["access-control-allow-origin"]).toBe(
      listed,
    );
    for (const method of ["OPTIONS", "POST"]) {
      const other = await ask(`${method} /graphql HTTP/1.1`, "host: x", "origin: https://evil.example", ...preflight);
      expect(crossOriginOf(other.headers)).toEqual({});
    }
  });
});
