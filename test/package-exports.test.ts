import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve as resolvePath } from "node:path";
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

/** The names that the files below a folder import from the rest of the program. */
function namesImportedBy(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const names = files.flatMap((file) => {
    const source = readFileSync(join(folder, file), "utf8");
    return [...source.matchAll(/import (?:type )?\{([^}]*)\} from "(\.[^"]*)"/g)].flatMap(
      ([, list = "", path = ""]) => {
        const target = relative(folder, resolvePath(folder, file, "..", path));
        return target.startsWith("..") ? namesIn(list) : [];
      },
    );
  });
  return [...new Set(names)].sort();
}

function namesIn(list: string): readonly string[] {
  return list.split(",").flatMap(
    (part) =>
      part
        .trim()
        .replace(/^type /, "")
        .replace(/ as .*/, "") || [],
  );
}

describe("recordgate/provider exports", () => {
  const exported = [...readFileSync("src/provider.ts", "utf8").matchAll(/export (?:type )?\{([^}]*)\}/g)];
  const names = exported.flatMap(([, list = ""]) => namesIn(list));

  it.each([...builtInProviders.map(({ id }) => `src/providers/${id}`), "test/fixtures/sixth-provider"])(
    "every name that %s imports",
    (folder) => {
      const imported = namesImportedBy(folder);
      expect(imported).toContain(imported.includes("defineProvider") ? "defineProvider" : "defineVectorProvider");
      expect(imported.filter((name) => !names.includes(name))).toEqual([]);
    },
  );
});
