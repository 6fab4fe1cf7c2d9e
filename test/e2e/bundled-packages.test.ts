import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readProductionPackages } from "../../scripts/checks/production-packages.mjs";

test.each(["dist/third-party-licenses.md", "dist/playground/third-party-licenses.md"])(
  "the check of licences knows every package that the build bundles: %s",
  async (file) => {
    const text = await readFile(file, "utf8");
    const bundled = [...text.matchAll(/^## (\S+) - \d\S* \(/gm)].map(([, name]) => name);
    const known = new Set(readProductionPackages().map(({ name }) => name));
    expect(bundled.length).toBeGreaterThan(50);
    expect(bundled.filter((name = "") => !known.has(name))).toEqual([]);
  },
);
