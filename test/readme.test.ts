import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { codeBlocks, readDocument } from "./docs/documents.js";
import { useApp } from "./service/use-app.js";

const readme = readDocument("README.md");

/** The texts of the fenced blocks of one language, in their order. */
function blocks(language: string): readonly string[] {
  return codeBlocks(readme).flatMap((block) => (block.language === language ? [block.text] : []));
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
    const response = await app().fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
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

  test("what to ask a running server for is answered", async () => {
    const [, query = ""] = /`(\{ recordProviders \{ .*? \})`/.exec(readme) ?? [];
    const { data, errors } = await app().graphql(query);
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toContain('"limits"');
  });
});

test("the README shows the first example of unit tests, as it is", () => {
  expect(blocks("ts")).toEqual([readDocument("examples/unit-tests/resolver.test.ts")]);
});

test("the README's addresses are quoted where a shell would read them as patterns", () => {
  const addresses = blocks("sh").flatMap((block) => [
    ...block.matchAll(/(?<quote>'?)https?:\/\/[^\s']*[?*[&!][^\s']*/g),
  ]);
  expect(addresses.length).toBeGreaterThan(0);
  expect(addresses.filter(({ groups }) => groups?.["quote"] !== "'").map(([address]) => address)).toEqual([]);
});

test("the README's commands exist", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const named = [...readme.matchAll(/\bnpm (?:run ([a-z-]+)|(start|test)\b)/g)].map(
    ([, script, short]) => script ?? short ?? "",
  );
  expect(named).toEqual(expect.arrayContaining(["start", "test", "check"]));
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
