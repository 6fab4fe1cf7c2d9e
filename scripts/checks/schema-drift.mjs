import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { filesBelow } from "../build/content-hash.mjs";
import { programOf, runNode } from "../run-program.mjs";

const committed = "schema";

/**
 * Ignores line ends: a checkout on Windows may have other ones.
 * @param {string} folder
 */
function contentsOf(folder) {
  return new Map(
    filesBelow(folder).map((file) => [relative(folder, file), readFileSync(file, "utf8").replaceAll("\r\n", "\n")]),
  );
}

const fresh = mkdtempSync(join(tmpdir(), "recordgate-schema-"));
try {
  const emitted = await runNode([programOf("tsx"), "scripts/emit-schema.ts", "--out", fresh]);
  if (emitted.exitCode !== 0) throw new Error("scripts/emit-schema.ts failed");
  const [before, after] = [contentsOf(committed), contentsOf(fresh)];
  if (after.size === 0) throw new Error("scripts/emit-schema.ts --out FOLDER wrote nothing to that folder");
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changed = names.filter((name) => before.get(name) !== after.get(name));
  for (const name of changed) console.error(`${committed}/${name} differs from the emitted schema`);
  if (changed.length > 0) {
    console.error("Run npm run schema and review the difference: clients will see it.");
    process.exitCode = 1;
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
