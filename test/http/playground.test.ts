import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exchange } from "./raw-http.js";
import { serve, type Served } from "./serve.js";

let folder: string;
let served: Served;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "recordgate-page-"));
  await mkdir(join(folder, "page", "assets", "deeper"), { recursive: true });
  const files = {
    "secret.txt": "secret",
    "page/.stamp": "secret",
    "page/index.html": "<!doctype html>",
    "page/assets/deeper/x.js": "secret",
  };
  const assets = {
    "app-1a2b.js": "run()",
    "app-1a2b.css": "a{}",
    "icon.svg": "<svg/>",
    "sign.ttf": "ttf",
    "data.bin": "?",
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  for (const [name, text] of Object.entries(assets)) await writeFile(join(folder, "page/assets", name), text);
  served = await serve({ playground: join(folder, "page") });
});
afterAll(async () => {
  await served.close();
  await rm(folder, { recursive: true, force: true });
});

const browser = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };

describe("the page at /graphiql", () => {
  it("is served under a policy that lets nothing of another host in", async () => {
    const response = await fetch(`${served.url}/graphiql`);
    expect([response.status, await response.text()]).toEqual([200, "<!doctype html>"]);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
    });
    const policy = new Map(
      (response.headers.get("content-security-policy") ?? "").split("; ").map((part) => {
        const [name = "", ...sources] = part.split(" ");
        return [name, sources.join(" ")];
      }),
    );
    expect(Object.fromEntries(policy)).toEqual({
      "default-src": "'none'",
      "script-src": "'self'",
      "worker-src": "'self'",
      "style-src": "'self' 'unsafe-inline'",
      "img-src": "'self' data:",
      "font-src": "'self' data:",
      "connect-src": "'self'",
      "base-uri": "'none'",
      "form-action": "'none'",
      "frame-ancestors": "'none'",
    });
  });

  it.each([
    ["app-1a2b.js", "text/javascript; charset=utf-8"],
    ["app-1a2b.css", "text/css; charset=utf-8"],
    ["icon.svg", "image/svg+xml"],
    ["sign.ttf", "font/ttf"],
    ["data.bin", "application/octet-stream"],
  ])("answers %s as %s, to be kept for ever", async (name, type) => {
    const response = await fetch(`${served.url}/graphiql/assets/${name}`);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": type,
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    });
  });

  it("is not sent again to who has it", async () => {
    const etag = (await fetch(`${served.url}/graphiql`)).headers.get("etag") ?? "";
    const again = await fetch(`${served.url}/graphiql`, { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect((await fetch(`${served.url}/graphiql`, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  });

  it("is compressed for those only who ask for it", async () => {
    for (const [asked, told] of [
      ["gzip, br", "gzip"],
      ["identity", null],
    ] as const) {
      const response = await fetch(`${served.url}/graphiql/assets/app-1a2b.js`, {
        headers: { "accept-encoding": asked },
      });
      expect([response.headers.get("content-encoding"), response.headers.get("vary"), await response.text()]).toEqual([
        told,
        "accept-encoding",
        "run()",
      ]);
    }
  });

  it("answers HEAD", async () => {
    const response = await fetch(`${served.url}/graphiql`, { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });

  it("has one address", async () => {
    const response = await fetch(`${served.url}/graphiql/`, { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([301, "../graphiql"]);
    expect(await (await fetch(`${served.url}/graphiql/`)).text()).toBe("<!doctype html>");
  });

  it.each([
    "/graphiql/assets/none.js",
    "/graphiql/assets/",
    "/graphiql/assets",
    "/graphiql/index.html",
    "/graphiql/.stamp",
    "/graphiql/assets/deeper",
    "/graphiql/assets/deeper/x.js",
    "/graphiql/assets/..%2f.stamp",
    "/graphiql/assets/..%2f..%2fsecret.txt",
    "/graphiql/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
    "/graphiql/assets/..%5c..%5csecret.txt",
    "/graphiql/assets/../../../secret.txt",
    "/graphiql/assets/__proto__",
  ])("has nothing at %s", async (path) => {
    // As it is written: fetch would resolve the dots.
    const answer = await exchange(served.url, [`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`]);
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(answer).toContain('"NOT_FOUND"');
  });

  it("says how to build it where it is not built", async () => {
    const { url, close } = await serve();
    const response = await fetch(`${url}/graphiql`, { headers: browser });
    expect([response.status, response.headers.get("content-type")]).toEqual([404, "text/plain; charset=utf-8"]);
    expect(await response.text()).toContain("npm run build");
    expect((await fetch(`${url}/graphiql/assets/app-1a2b.js`)).status).toBe(404);
    await close();
  });
});

describe("a browser that visits /graphql", () => {
  it("is sent to the page, by a path that holds behind a proxy", async () => {
    const response = await fetch(`${served.url}/graphql`, { headers: browser, redirect: "manual" });
    expect([response.status, response.headers.get("location"), response.headers.get("vary")]).toEqual([
      302,
      "graphiql",
      "accept",
    ]);
    expect(await (await fetch(`${served.url}/graphql`, { headers: browser })).text()).toBe("<!doctype html>");
  });

  it("executes what its link asks for", async () => {
    const response = await fetch(`${served.url}/graphql?query={__typename}`, {
      headers: { ...browser, "apollo-require-preflight": "1" },
      redirect: "manual",
    });
    expect(await response.json()).toEqual({ data: { __typename: "Query" } });
  });

  it.each(["*/*", "application/json", "application/graphql-response+json, application/json"])(
    "is not whoever accepts %s",
    async (accept) => {
      const response = await fetch(`${served.url}/graphql`, { headers: { accept }, redirect: "manual" });
      expect([response.status, response.headers.get("location")]).toEqual([400, null]);
    },
  );

  it("is sent there from / too, where any other client is told what is served", async () => {
    const visit = await fetch(`${served.url}/`, { headers: browser, redirect: "manual" });
    expect([visit.status, visit.headers.get("location")]).toEqual([302, "graphiql"]);
    const index = await fetch(`${served.url}/`);
    expect([index.status, index.headers.get("vary")]).toEqual([200, "accept"]);
    expect(await index.json()).toMatchObject({
      name: "recordgate",
      graphql: "/graphql",
      graphiql: "/graphiql",
      health: "/health",
    });
  });

  it("is not whoever posts", async () => {
    expect((await served.ask({ query: "{ __typename }" }, browser)).status).toBe(200);
  });
});
