import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { isJsonObject, type JsonObject } from "../src/json/value.js";
import { useApp } from "./service/use-app.js";

const readme = readFileSync("README.md", "utf8").replaceAll("\r\n", "\n");

/** The texts of the fenced blocks of one language, in their order. */
function blocks(language: string): readonly string[] {
  return [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, name, text]) => (name === language && text !== undefined ? [text] : []));
}

/** The body that a curl command posts to the endpoint. */
function curlBody(command: string): string {
  const [, url, header, body] = /^curl -s (\S+) -H '([^']*)' -d '([^']*)'\n$/.exec(command) ?? [];
  expect([url, header]).toEqual(["http://127.0.0.1:4000/graphql", "content-type: application/json"]);
  return body ?? "";
}

describe("the README's examples, on a new program", () => {
  const app = useApp({ samples: true });

  const [curl = ""] = blocks("sh").filter((block) => block.startsWith("curl"));
  const [stored, refused] = blocks("json");
  const post = async (body: string): Promise<string> => {
    const response = await app().fetch("/graphql", { method: "POST", headers: { "content-type": "application/json" }, body });
    return `${(await response.text()).trim()}\n`;
  };

  test("the first mutation is answered as printed", async () => {
    expect(await post(curlBody(curl))).toBe(stored);
  });

  test("the first mutation with a short vector is refused as printed", async () => {
    const [, shortVector = ""] = /^With `("vector": \[.*?\])`/m.exec(readme) ?? [];
    const faulty = curlBody(curl).replace(/"vector": \[.*?\]/, shortVector);
    expect(faulty).not.toBe(curlBody(curl));
    expect(await post(faulty)).toBe(refused);
  });

  test("the records read back are those of the first mutation", async () => {
    const [query = ""] = blocks("graphql");
    const { data } = await app().graphql(query);
    expect(JSON.stringify(data)).toContain('"fields":{"id":1,"title":"Dune"');
  });

  test("the other documents are executed without an error", async () => {
    for (const document of blocks("graphql").slice(1)) {
      const { data, errors } = await app().graphql(document);
      expect(errors).toBeUndefined();
      expect(JSON.stringify(data)).not.toContain('"message"');
    }
  });

  test("the file of definitions grants what it says", async () => {
    const definitions = z.record(z.string(), z.array(z.custom<JsonObject>(isJsonObject))).parse(JSON.parse(blocks("json").find((block) => block.includes('"users"')) ?? ""));
    for (const [provider, wanted] of Object.entries(definitions)) {
      for (const definition of wanted) await app().grantAccess(provider, definition);
    }
    const callers = await Promise.all(
      [["milvus", "reader:secret"], ["altatech", "app-000000000000000000000001"], ["redivis", "tok-edit"], ["dingtalk", "key\nsecret"]].map(
        ([provider = "", secret = ""]) => app().store.credentials.findCaller(provider, secret, new Date()),
      ),
    );
    expect(callers.map((caller) => caller?.scopes)).toEqual([["Query"], "all", ["data.edit"], ["Notable.Base.Read.All", "Notable.Base.Write.All"]]);
  });

  test("what to ask a running server for is answered", async () => {
    const [, query = ""] = /`(\{ recordProviders \{ .*? \})`/.exec(readme) ?? [];
    const { data, errors } = await app().graphql(query);
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toContain('"limits"');
  });
});

test("the README shows the tests beside this one, as they are", () => {
  const files = ["test/readme/resolver.test.ts", "test/readme/shared-app.test.ts", "test/readme/client.test.ts"];
  const sources = files.map((file) => readFileSync(file, "utf8").replaceAll("\r\n", "\n").replace('"../../src/index.js"', '"recordgate"'));
  expect(blocks("ts")).toEqual(sources);
});

test("the README's addresses are quoted where a shell would read them as patterns", () => {
  const addresses = blocks("sh").flatMap((block) => [...block.matchAll(/(?<quote>'?)https?:\/\/[^\s']*[?*[&!][^\s']*/g)]);
  expect(addresses.length).toBeGreaterThan(0);
  expect(addresses.filter(({ groups }) => groups?.["quote"] !== "'").map(([address]) => address)).toEqual([]);
});

test("the README's commands exist", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly scripts: Readonly<Record<string, string>> };
  const named = [...readme.matchAll(/\bnpm (?:run ([a-z-]+)|(start|test)\b)/g)].map(([, script, short]) => script ?? short ?? "");
  expect(named).toEqual(expect.arrayContaining(["start", "test", "check"]));
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
