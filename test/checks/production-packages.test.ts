import { describe, expect, it } from "vitest";
import { isPermissive } from "../../scripts/checks/permissive-licences.mjs";
import {
  findPackageProblems,
  listProductionPackages,
  readProductionPackages,
} from "../../scripts/checks/production-packages.mjs";

const locked = {
  "": { dependencies: { installed: "1" } },
  "node_modules/installed": { version: "1.0.0", license: "MIT", dependencies: { shared: "1" } },
  "node_modules/shared": { version: "1.1.0", license: "ISC" },
  "node_modules/bundled": {
    version: "2.0.0",
    license: "Apache-2.0",
    dependencies: { shared: "2" },
    peerDependencies: { peer: "1", unwanted: "1" },
    peerDependenciesMeta: { unwanted: { optional: true } },
  },
  "node_modules/bundled/node_modules/shared": { version: "2.1.0", license: "0BSD" },
  "node_modules/peer": { version: "3.0.0", license: "(MIT OR GPL-3.0-only)" },
  "node_modules/unwanted": { version: "4.0.0", license: "GPL-3.0-only" },
  "node_modules/tool": { version: "5.0.0", license: "MPL-2.0", hasInstallScript: true },
};
const roots = { installed: ["installed"], bundled: ["bundled"] };

function problemsOf(planted: Record<string, object>, allowedScripts: readonly string[] = ["tool"]): readonly string[] {
  const lock = { ...locked, ...planted };
  return findPackageProblems(lock, { production: listProductionPackages(lock, roots), allowedScripts });
}

it("lists what is installed and what is bundled, each with its own version of a dependency", () => {
  expect(listProductionPackages(locked, roots).map(({ name, version, use }) => [name, version, use])).toEqual([
    ["bundled", "2.0.0", "bundled"],
    ["shared", "2.1.0", "bundled"],
    ["installed", "1.0.0", "installed"],
    ["peer", "3.0.0", "bundled"],
    ["shared", "1.1.0", "installed"],
  ]);
});

it("finds nothing wrong with tools under other licences and with known install scripts", () => {
  expect(problemsOf({})).toEqual([]);
});

it.each(["GPL-3.0-only", "MIT AND GPL-2.0-or-later", undefined])("finds a planted package under %s", (license) => {
  const licence = license ?? "none";
  expect(problemsOf({ "node_modules/shared": { version: "9.9.9", license } })).toEqual([
    `shared 9.9.9 has the licence ${licence}, which is not permissive`,
  ]);
});

it("finds a planted install script, also that of a tool deep in the tree", () => {
  const planted = { "node_modules/tool/node_modules/@deep/planted": { license: "MIT", hasInstallScript: true } };
  expect(problemsOf(planted)).toEqual([
    "@deep/planted has an install script: read it, then add it to allowScripts in package.json",
  ]);
  expect(problemsOf({}, [])).toHaveLength(1);
});

describe("the packages of this program", () => {
  const named = new Map(readProductionPackages().map((each) => [each.name, each]));

  it("are those of package.json that npm installs, and what the sources import", () => {
    expect([...named.values()].filter(({ use }) => use === "installed").map(({ name }) => name)).toEqual([
      "@electric-sql/pglite",
      "zod",
    ]);
    expect(named.get("rate-limiter-flexible")).toMatchObject({ licence: "ISC", use: "bundled" });
    expect(named.has("monaco-editor")).toBe(true);
    expect(named.has("@prisma/client")).toBe(true);
    expect(named.has("vitest")).toBe(false);
  });
});

describe("a licence expression", () => {
  it.each(["MIT", "(MIT AND BSD-3-Clause)", "MIT and ISC", "(WTFPL OR MIT)", "GPL-2.0 OR (MIT AND ISC)"])(
    "leaves a permissive choice: %s",
    (expression) => expect(isPermissive(expression)).toBe(true),
  );

  it.each([
    "",
    "none",
    "GPL-3.0-only",
    "MIT AND",
    "(MIT",
    "MIT)",
    "MIT ISC",
    "SEE LICENSE IN LICENSE",
    "MIT AND (GPL-2.0 OR MPL-2.0)",
  ])("does not: %s", (expression) => expect(isPermissive(expression)).toBe(false));
});
