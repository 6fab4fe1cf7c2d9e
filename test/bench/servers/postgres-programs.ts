import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The folder with `initdb` and `postgres`: the newest of the distribution, else the one that `pg_config` names. */
export function findPostgresPrograms(): string {
  const distribution = "/usr/lib/postgresql";
  const versions = existsSync(distribution) ? readdirSync(distribution) : [];
  const folders = versions
    .sort((left, right) => Number(right) - Number(left))
    .map((version) => join(distribution, version, "bin"));
  const found = [...folders, askPostgres()].find(
    (folder) => folder !== undefined && existsSync(join(folder, "initdb")),
  );
  if (found === undefined) throw new Error("PostgreSQL is not installed: set TEST_DATABASE_URL to a server's address");
  return found;
}

function askPostgres(): string | undefined {
  try {
    return execFileSync("pg_config", ["--bindir"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}
