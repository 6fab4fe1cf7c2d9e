import { existsSync } from "node:fs";

interface ReportedConfig {
  readonly AUTHORIZATION: "on" | "off";
  readonly FAULTS: "on" | "off";
  readonly providers: Readonly<Record<string, { readonly baseUrl?: string }>>;
}

interface StartReportOptions {
  readonly config: ReportedConfig;
  readonly database: string;
  readonly providers: readonly { readonly id: string }[];
}

/** Lines for an operator: the configuration in effect, without secrets. */
export function toStartReport({ config, database, providers }: StartReportOptions): readonly string[] {
  const rows = [
    ["database", database],
    ...providers.map(({ id }) => [id, describeMode(config.providers[id]?.baseUrl)]),
    ["authorization", config.AUTHORIZATION === "on" ? "on" : "off: any credential is accepted"],
    ["faults", config.FAULTS === "on" ? "on: clients may request failures" : "off"],
  ];
  const width = Math.max(...rows.map(([name = ""]) => name.length));
  return rows.map(([name = "", text = ""]) => `  ${name.padEnd(width)}  ${text}`);
}

/** Names the whole step: unpacking, migrating and waiting for another process belong to it. */
export function describeOpening(config: { readonly DATABASE_URL?: string; readonly DATABASE_FOLDER: string }): string {
  const { DATABASE_URL: url, DATABASE_FOLDER: folder } = config;
  if (url === "memory:") return "Starting a database in memory";
  if (url !== undefined) return "Connecting to the PostgreSQL server and migrating its tables";
  return existsSync(folder)
    ? `Opening and migrating the database in ${folder}`
    : `Unpacking a new database into ${folder}`;
}

function describeMode(baseUrl: string | undefined): string {
  return baseUrl === undefined ? "embedded" : `remote, ${withoutSecrets(baseUrl)}`;
}

/** A URL may contain a user, a password and a query. */
function withoutSecrets(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/$/, "");
}
