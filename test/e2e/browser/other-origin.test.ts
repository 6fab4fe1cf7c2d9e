import { createServer, type RequestListener, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { request } from "../graphql-request.js";
import { startProgram, type Program } from "../program.js";
import { openBrowser, type Visit } from "./browser.js";

const [foreignHost, reboundHost] = ["evil.test", "rebound.test"];

const answerPage: RequestListener = (_request, response) => {
  response.setHeader("content-type", "text/html");
  response.end("<!doctype html><title>elsewhere</title><body></body>");
};

let site: Server;
let visit: Visit;
beforeAll(async () => {
  site = createServer(answerPage);
  site.listen(0, "127.0.0.1");
  await once(site, "listening");
  visit = await openBrowser({
    colorScheme: "light",
    hosts: { [foreignHost]: "127.0.0.1", [reboundHost]: "127.0.0.1" },
  });
});
afterAll(async () => {
  await visit.close();
  site.closeAllConnections();
  site.close();
});

const siteOrigin = (host: string): string => `http://${host}:${(site.address() as AddressInfo).port}`;

/** Attempts by name: scripts of a page. Each resolves to the text that the page can read, or to "nothing". */
function attempts(origin: string): Readonly<Record<string, string>> {
  const insert = (id: number): string =>
    JSON.stringify({
      collectionName: "quick_start",
      data: { book_id: id, book_title: "forged", book_intro: [1, 1, 1, 1] },
    });
  const mutation = (id: number): string =>
    JSON.stringify({
      query: `mutation { insertRecords(input: { target: { milvus: { collectionName: "quick_start" } }, records: [{ book_id: ${id}, book_title: "forged", book_intro: [1, 1, 1, 1] }] }) { __typename } }`,
    });
  const query = JSON.stringify({ query: `{ recordCollections { edges { node { name } } } }` });
  const read = (path: string, init: object): string =>
    `fetch(${JSON.stringify(origin + path)}, ${JSON.stringify(init)}).then((r) => r.text())`;
  const json = { "content-type": "application/json" };
  const post = (path: string, body: string, more: object = {}): string => read(path, { method: "POST", body, ...more });
  const form = (id: number): string => {
    // The name and the value of a text/plain form are written around a "=": together they are JSON.
    const [name = "", value = ""] = insert(id).split(`"forged"`);
    return `new Promise((resolve) => {
      const frame = Object.assign(document.createElement("iframe"), { name: "answer${id}" });
      document.body.append(frame);
      const form = document.body.appendChild(document.createElement("form"));
      Object.assign(form, { method: "POST", enctype: "text/plain", target: frame.name, action: ${JSON.stringify(`${origin}/v1/vector/insert`)} });
      const field = form.appendChild(document.createElement("input"));
      field.name = ${JSON.stringify(`${name}"form`)};
      field.value = ${JSON.stringify(`"${value}`)};
      frame.onload = () => setTimeout(() => {
        try { resolve(frame.contentDocument?.body.innerText || "nothing"); } catch { resolve("nothing"); }
      }, 100);
      form.submit();
    })`;
  };
  return {
    "a GraphQL mutation by fetch": post("/graphql", mutation(1), { headers: json }),
    "a GraphQL mutation without preflight": post("/graphql", mutation(2), { mode: "no-cors" }),
    "an insert through a face by fetch": post("/v1/vector/insert", insert(3)),
    "an insert through a face without preflight": post("/v1/vector/insert", insert(4), { mode: "no-cors" }),
    "an insert through a face as JSON": post("/milvus/v1/vector/insert", insert(5), { headers: json }),
    "an insert through a face by a form": form(6),
    "a GraphQL query by fetch": post("/graphql", query, { headers: json }),
    "a GraphQL query by GET": read(`/graphql?query={__typename}`, { headers: { "apollo-require-preflight": "1" } }),
    "the collections through a face": read("/v1/vector/collections", {}),
    "the collections through a face, from the cache": `${read("/v1/vector/collections", { mode: "no-cors" })}.then(() => ${read("/v1/vector/collections", { cache: "force-cache" })})`,
    "the index": read("/", {}),
  };
}

/** The texts that the open page reads of a server, by attempt. */
async function attempt(origin: string): Promise<Readonly<Record<string, string>>> {
  const { page: tab } = visit;
  expect(await tab.title()).toBe("elsewhere");
  const read: Record<string, string> = {};
  for (const [name, script] of Object.entries(attempts(origin)))
    read[name] = await tab.evaluate<string>(`(${script}).then((text) => text || "nothing", () => "nothing")`);
  return read;
}

async function attack(from: string, program: Program): Promise<Readonly<Record<string, string>>> {
  await visit.page.goto(from);
  return attempt(new URL(program.url).origin);
}

async function storedKeys(program: Program): Promise<readonly string[]> {
  const answer = await request(
    program.url,
    `{ recordCollections(provider: "milvus") { edges { node { records(first: 100) { edges { node { key } } } } } } }`,
  );
  return [...JSON.stringify(answer).matchAll(/"key":"(\d+)"/g)].map(([, key = ""]) => key).sort();
}

const nothingRead = Object.fromEntries(Object.keys(attempts("")).map((name) => [name, "nothing"]));

describe("a page of another origin and a server on this machine", () => {
  let program: Program;
  beforeAll(async () => {
    program = await startProgram({ DATABASE_URL: "memory:" });
  });
  afterAll(() => program.stop("SIGTERM"));

  test.each([foreignHost, "127.0.0.1", "localhost"])("the page stores nothing and reads nothing: %s", async (host) => {
    expect(await attack(siteOrigin(host), program)).toEqual(nothingRead);
    expect(await storedKeys(program)).toEqual([]);
  });

  test("a page whose name was made to lead here stores nothing and reads refusals only", async () => {
    const own = createServer(answerPage).listen(0, "127.0.0.1");
    await once(own, "listening");
    const { port } = own.address() as AddressInfo;
    const origin = `http://${reboundHost}:${port}`;
    await visit.page.goto(origin);
    own.closeAllConnections();
    await once(own.close(), "close");
    // The name and the port of the page now lead to the program.
    const rebound = await startProgram({ DATABASE_URL: "memory:", PORT: String(port) });
    try {
      const read = Object.values(await attempt(origin));
      expect(read.filter((text) => text !== "nothing" && !text.includes("ALLOWED_HOSTS"))).toEqual([]);
      expect(read.filter((text) => text.includes("ALLOWED_HOSTS")).length).toBeGreaterThan(5);
      expect(await storedKeys(rebound)).toEqual([]);
    } finally {
      await rebound.stop("SIGTERM");
    }
  });
});

describe("a page of an origin in CORS_ORIGINS", () => {
  let program: Program;
  beforeAll(async () => {
    program = await startProgram({ DATABASE_URL: "memory:", CORS_ORIGINS: siteOrigin(foreignHost) });
  });
  afterAll(() => program.stop("SIGTERM"));

  test("stores and reads by every way that the browser has for it", async () => {
    const read = await attack(siteOrigin(foreignHost), program);
    expect(read).toMatchObject({
      "a GraphQL mutation by fetch": expect.stringContaining("InsertRecordsSuccess") as string,
      "a GraphQL mutation without preflight": "nothing",
      "an insert through a face by fetch": expect.stringContaining('"insertIds":[3]') as string,
      "an insert through a face as JSON": expect.stringContaining('"insertIds":[5]') as string,
      "a GraphQL query by fetch": expect.stringContaining("quick_start") as string,
      "a GraphQL query by GET": expect.stringContaining("Query") as string,
      "the collections through a face": expect.stringContaining("quick_start") as string,
      "the collections through a face, from the cache": expect.stringContaining("quick_start") as string,
      "the index": expect.stringContaining("recordgate") as string,
    });
    // GraphQL does not take the types of content that need no preflight.
    expect(await storedKeys(program)).toEqual(["1", "3", "4", "5", "6"]);
  });

  test("is the only one", async () => {
    expect(await attack(siteOrigin("127.0.0.1"), program)).toEqual(nothingRead);
  });
});
