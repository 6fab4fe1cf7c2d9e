import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * The folder with `initdb` and `postgres`: the newest of the distribution, else the one that `pg_config` names;
 * undefined where there is none.
 */
export function findPostgresPrograms(): string | undefined {
  const distribution = "/usr/lib/postgresql";
  const versions = existsSync(distribution) ? readdirSync(distribution) : [];
  const folders = versions
    .sort((left, right) => Number(right) - Number(left))
    .map((version) => join(distribution, version, "bin"));
  return [...folders, askPostgres()].find((folder) => folder !== undefined && existsSync(join(folder, "initdb")));
}

function askPostgres(): string | undefined {
  try {
    return execFileSync("pg_config", ["--bindir"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}
