import { describe, expect, test } from "vitest";
import { faces, ownOnes, useOpenApp } from "./use-open-app.js";

const everywhere = [...faces, ...ownOnes];

describe("while requests succeed without a credential", () => {
  const { ask, url } = useOpenApp({ ALLOWED_HOSTS: "records.example, Box" });

  test.each([
    "localhost",
    "LOCALHOST:9",
    "localhost.",
    "app.localhost:4000",
    "127.0.0.1:4000",
    "10.1.2.3",
    "[::1]:4000",
    "[fe80::1]",
    "records.example:8443",
    "Records.Example",
    "box",
  ])("the Host %s is served", async (host) => {
    expect((await ask("GET / HTTP/1.1", `host: ${host}`)).status).toBe(200);
  });

  test.each([
    "rebound.example",
    "rebound.example:4000",
    "localhost.rebound.example",
    "notlocalhost",
    "127.0.0.1.rebound.example",
    "x.records.example",
    "records.example.rebound.example",
    "1.2.3",
    "0x7f000001",
    "",
  ])("the Host %s is refused, with the variable that allows it", async (host) => {
    const answer = await ask("GET / HTTP/1.1", `host: ${host}`);
    expect([answer.status, answer.body]).toEqual([421, expect.stringContaining("ALLOWED_HOSTS")]);
  });

  test.each(everywhere)("%s refuses in its own words, whatever the method", async (path, form) => {
    for (const method of ["GET", "POST", "OPTIONS", "DELETE"]) {
      const { status, body } = await ask(`${method} ${path} HTTP/1.1`, "host: rebound.example");
      expect([method, status]).toEqual([method, 421]);
      expect(body).toMatch(form);
      expect(body).toContain("ALLOWED_HOSTS");
    }
  });

  test("a path that the framework cannot decode is refused too", async () => {
    expect((await ask("GET /%zz HTTP/1.1", "host: rebound.example")).status).toBe(421);
    expect((await ask("GET /milvus/%zz HTTP/1.1", "host: rebound.example")).status).toBe(421);
  });

  test("headers of proxies do not count", async () => {
    const forwarded = ["x-forwarded-host: localhost", "forwarded: host=localhost", "x-original-host: localhost"];
    expect((await ask("GET / HTTP/1.1", "host: rebound.example", ...forwarded)).status).toBe(421);
    const foreign = ["x-forwarded-host: rebound.example", "forwarded: host=rebound.example"];
    expect((await ask("GET / HTTP/1.1", "host: localhost", ...foreign)).status).toBe(200);
  });

  test("the authority of a target in absolute form is judged in the place of the Host", async () => {
    const get = (target: string, host: string) => ask(`GET ${target} HTTP/1.1`, `host: ${host}`);
    expect((await get("http://rebound.example/", "localhost")).status).toBe(421);
    expect((await get("HTTP://rebound.example/milvus/v1/vector/collections", "localhost")).body).toMatch(/^400 Bad/);
    expect((await get("http://localhost/", "rebound.example")).status).toBe(200);
    expect((await get("https://localhost:1/graphql?query={__typename}", "x.example")).body).toContain("preflight");
    expect((await get("http://localhost@rebound.example/", "localhost")).status).toBe(400);
    expect((await get("http:///graphql", "localhost")).status).not.toBe(200);
    expect((await get("http://localhost/nowhere", "x.example")).body).toContain("served at GET /nowhere");
    // The two readers of a target agree on its path.
    expect((await get("http://localhost?/graphql", "localhost")).body).toContain('"name":"recordgate"');
  });

  test("a request of HTTP/1.0 needs no Host, and one that it has is judged", async () => {
    expect((await ask("GET / HTTP/1.0")).status).toBe(200);
    expect((await ask("GET / HTTP/1.0", "host: rebound.example")).status).toBe(421);
  });

  test("the addresses that the program prints are served", async () => {
    const { port } = new URL(url());
    for (const host of ["127.0.0.1", "localhost"])
      expect((await ask("GET /health HTTP/1.1", `host: ${host}:${port}`)).status).toBe(200);
  });
});

describe.each(["on", "off"])("with AUTHORIZATION=%s", (AUTHORIZATION) => {
  const { ask } = useOpenApp({ AUTHORIZATION });

  test.each(everywhere)("%s answers no Host and two Hosts as a bad request", async (path, form) => {
    for (const hosts of [[], ["host: localhost", "host: localhost"], ["Host: localhost", "HOST: rebound.example"]]) {
      const { status, body } = await ask(`POST ${path} HTTP/1.1`, ...hosts);
      expect([hosts, status]).toEqual([hosts, 400]);
      expect(body).toMatch(form);
      expect(body).toMatch(/the request has (no Host header|2 Host headers)/);
    }
  });

  test("/health needs no Host, and takes no two", async () => {
    expect((await ask("GET /health HTTP/1.1")).status).toBe(200);
    expect((await ask("GET /health HTTP/1.1", "host: a", "host: b")).status).toBe(400);
  });
});

describe("with authorization", () => {
  const { ask } = useOpenApp({ AUTHORIZATION: "on" });

  test.each(["records.example", "x", "[::1]"])("the Host %s is served without being listed", async (host) => {
    expect((await ask("GET / HTTP/1.1", `host: ${host}`)).status).toBe(200);
    expect((await ask("POST /v1/vector/insert HTTP/1.1", `host: ${host}`)).status).toBe(401);
  });
});
