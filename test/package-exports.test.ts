import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { buildASTSchema, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { builtInProviders } from "../src/index.js";

/** As a dependent resolves them: a package may refer to itself by its name. */
const { resolve } = createRequire(import.meta.url);

describe("the package exports", () => {
  it("its schema", () => {
    const text = readFileSync(resolve("recordgate/schema.graphql"), "utf8");
    const schema = buildASTSchema(parse(text), { assumeValidSDL: true });
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual(
      expect.arrayContaining(["recordProviders", "recordCollection", "storedRecord", "importTask"]),
    );
  });

  it("the contracts of each provider", () => {
    const ids = builtInProviders.map(({ id }) => id);
    expect(readdirSync("schema/contracts").toSorted()).toEqual(ids.map((id) => `${id}.json`).toSorted());
    for (const id of ids)
      expect(JSON.parse(readFileSync(resolve(`recordgate/contracts/${id}.json`), "utf8"))).toMatchObject({ id });
  });

  it("nothing else of its folders", () => {
    for (const path of ["recordgate/src/app.ts", "recordgate/schema/schema.graphql", "recordgate/contracts/none"])
      expect(() => resolve(path)).toThrow();
  });
});
