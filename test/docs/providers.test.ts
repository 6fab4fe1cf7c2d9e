import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mebibyte } from "../../src/contract/limits.js";
import { describeSettings } from "../../src/host/settings/config.js";
import { upstreamShape } from "../../src/host/settings/upstream-settings.js";
import { builtInProviders } from "../../src/index.js";
import { useApp } from "../service/use-app.js";
import { codeBlocks, readDocument } from "./documents.js";

const pageOf = (id: string): string => readDocument(`docs/providers/${id}.md`);
const blocksOf = (id: string, language: string): readonly string[] =>
  codeBlocks(pageOf(id)).flatMap((block) => (block.language === language ? [block.text] : []));

function toPrinted(max: number, unit: string): string {
  return unit === "bytes" ? `${max / mebibyte} MB` : `${max.toLocaleString("en")} ${unit}`;
}

const pages = readdirSync("docs/providers").map((file) => file.replace(/\.md$/, ""));
/** A provider need not have a page; a page belongs to a provider. */
const withPage = builtInProviders.flatMap((provider) =>
  pages.includes(provider.id) ? [[provider.id, provider] as const] : [],
);

test("every page is a provider's", () => {
  expect(withPage.map(([id]) => id).toSorted()).toEqual(pages.toSorted());
});

describe.each(withPage)("the page of %s", (id, provider) => {
  const app = useApp({ samples: true });

  test("names the provider's variables, and none that does not exist", () => {
    const prefix = `${id.toUpperCase()}_`;
    const all = describeSettings([provider]).map(({ name }) => name);
    const named = [...pageOf(id).matchAll(/`([A-Z]+_[A-Z_]+)`/g)].map(([, name = ""]) => name);
    // The README names the bounds that the calls of every remote provider have.
    const common = Object.keys(upstreamShape).map((name) => prefix + name);
    expect(all.filter((name) => name.startsWith(prefix) && ![...named, ...common].includes(name))).toEqual([]);
    expect(named.filter((name) => name.startsWith(prefix) && !all.includes(name))).toEqual([]);
  });

  test("names the members of every target, and the paths at the root", () => {
    const words = [...Object.values(provider.targets).flatMap(({ shape }) => Object.keys(shape)), ...provider.root];
    expect(words.filter((word) => !pageOf(id).includes(`\`${word}\``))).toEqual([]);
  });

  test("tells the limits of a call, and so does the README", () => {
    const [row = ""] = readDocument("README.md").match(new RegExp(`^\\| \`${id}\`.*$`, "m")) ?? [];
    const limits = provider.contracts.flatMap(({ operation, limits: each }) => (operation === undefined ? [] : each));
    const numbers = limits.flatMap(({ max, unit }) => (max === undefined ? [] : [toPrinted(max, unit)]));
    expect(numbers.filter((number) => !pageOf(id).includes(number) || !row.includes(number))).toEqual([]);
  });

  test("has documents that are executed without an error, and credentials that are granted", async () => {
    for (const document of blocksOf(id, "graphql")) {
      const { data, errors } = await app().graphql(document);
      expect(errors).toBeUndefined();
      expect(JSON.stringify(data)).not.toContain('"message"');
    }
    const [credentials] = blocksOf(id, "json").slice(-1);
    if (credentials !== undefined) {
      const members = provider.collections.access?.members.strict();
      expect(members?.safeParse(JSON.parse(credentials))).toMatchObject({ success: true });
    }
  });
});

describe("what the pages print", () => {
  const app = useApp({ samples: true });

  test("the second call with a client token of DingTalk is answered so", async () => {
    const [insert = ""] = blocksOf("dingtalk", "graphql");
    await app().graphql(insert);
    const { data } = await app().graphql(insert);
    expect(data).toEqual({ insertRecords: JSON.parse(blocksOf("dingtalk", "json")[0] ?? "") as unknown });
  });

  test("a text for an integer is refused so by Redivis", async () => {
    const [insert = ""] = blocksOf("redivis", "graphql");
    const [, given = ""] = /^With `(age: .*?)`/m.exec(pageOf("redivis")) ?? [];
    const faulty = insert.replace("age: 30", given);
    expect(faulty).not.toBe(insert);
    expect(await app().graphql(faulty)).toEqual(JSON.parse(blocksOf("redivis", "json")[0] ?? ""));
  });
});
