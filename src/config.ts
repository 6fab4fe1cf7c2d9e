import { z } from "zod";
import { limitSettings, type NumberSettings } from "./contract/limits.js";
import type { Provider } from "./contract/provider.js";

/** What the process was started with, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Setting {
  readonly name: string;
  readonly description: string;
}

const wholeNumber = z.string().regex(/^\d{1,15}$/, "must be a whole number").transform(Number);

function between(low: number, high: number) {
  return wholeNumber.refine((value) => value >= low && value <= high, `must be from ${low} to ${high}`);
}

const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http or https URL" });

const databaseUrl = z
  .string()
  .refine((text) => text === "memory:" || /^postgres(ql)?:\/\/./.test(text), "must be postgres://…, or memory: for a throw-away database");

const coreShape = {
  HOST: z.string().default("127.0.0.1").describe("Address to listen on."),
  PORT: between(0, 65535).default(4000).describe("Port to listen on; 0 takes a free one."),
  DATABASE_URL: databaseUrl
    .optional()
    .describe("`postgres://…` for a server, `memory:` for a throw-away database; unset for the embedded database in DATABASE_FOLDER."),
  DATABASE_FOLDER: z.string().default(".recordgate").describe("Folder of the embedded database."),
  DATABASE_POOL_SIZE: between(1, 1000).default(10).describe("Connections to the PostgreSQL server."),
  DATABASE_STATEMENT_TIMEOUT_MS: between(100, 3_600_000).default(60_000).describe("The longest a statement may run on the PostgreSQL server."),
  DATABASE_CONNECT_TIMEOUT_MS: between(100, 600_000).default(10_000).describe("The longest to wait for a connection to the PostgreSQL server."),
  DATABASE_TLS: z
    .enum(["off", "on", "verify"])
    .optional()
    .describe("TLS to the PostgreSQL server: `on` encrypts, `verify` also checks the certificate; unset leaves it to `sslmode` in the URL."),
  IMPORT_CONCURRENCY: between(1, 64).default(2).describe("Imports that this process works off at one time."),
  IMPORT_POLL_MS: between(100, 600_000).default(2000).describe("How often to look for imports that another process took in or left behind."),
  AUTHORIZATION: z
    .enum(["on", "off"])
    .default("off")
    .describe("Whether the embedded services check credentials; `off` accepts any."),
  LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug"]).default("info").describe("The least severe log line that is written."),
};

export interface ProviderConfig {
  /** Set: the provider is the real service there. */
  readonly baseUrl?: string;
  readonly token?: string;
  readonly limits: NumberSettings;
}

export type Config = Readonly<z.output<z.ZodObject<typeof coreShape>>> & {
  readonly providers: Readonly<Record<string, ProviderConfig>>;
};

/** Every problem of the configuration at once, readable. Never shows a value: it may be a secret. */
export class ConfigProblem extends Error {
  constructor(problems: readonly string[]) {
    super(["The configuration has problems:", ...problems.map((problem) => `  ${problem}`)].join("\n"));
    this.name = "ConfigProblem";
  }
}

/** @throws ConfigProblem */
export function readConfig(environment: Environment, providers: readonly Provider[]): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));
  const core = z.object(coreShape).safeParse(given);
  const perProvider = providers.map((provider) => [provider.id, providerSchema(provider).safeParse(given)] as const);
  const results = [core, ...perProvider.map(([, result]) => result)];
  const problems = results.flatMap((result) => (result.success ? [] : result.error.issues.map(toProblem)));
  if (!core.success || problems.length > 0) throw new ConfigProblem(problems);
  const parsed = perProvider.flatMap(([id, result]) => (result.success ? [[id, toProviderConfig(id, result.data)] as const] : []));
  return { ...core.data, providers: Object.fromEntries(parsed) };
}

function toProblem(issue: z.core.$ZodIssue): string {
  return `${issue.path.map(String).join(".")}: ${issue.message}`;
}

function prefixOf(id: string): string {
  return `${id.toUpperCase()}_`;
}

function providerShape(provider: Provider) {
  const prefix = prefixOf(provider.id);
  const limits = provider.contracts.flatMap(limitSettings).map(({ setting, description }) => {
    return [`${prefix}${setting}`, wholeNumber.optional().describe(`Overrides a limit of the embedded service: ${description}.`)] as const;
  });
  return {
    [`${prefix}BASE_URL`]: httpUrl.optional().describe(`Address of the real ${provider.title} service; unset: the embedded one answers.`),
    [`${prefix}TOKEN`]: z.string().optional().describe(`Secret sent with every call to ${provider.title}.`),
    ...Object.fromEntries(limits),
  };
}

function providerSchema(provider: Provider) {
  return z.object(providerShape(provider));
}

function toProviderConfig(id: string, values: Readonly<Record<string, unknown>>): ProviderConfig {
  const prefix = prefixOf(id);
  const own = Object.entries(values).map(([name, value]) => [name.slice(prefix.length), value] as const);
  const limits = own.flatMap(([name, value]) => (typeof value === "number" ? [[name, value] as const] : []));
  const texts = Object.fromEntries(own.flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : [])));
  return { baseUrl: texts["BASE_URL"], token: texts["TOKEN"], limits: Object.fromEntries(limits) };
}

/** Every variable there is, for the README. */
export function describeSettings(providers: readonly Provider[]): readonly Setting[] {
  const shapes: readonly Readonly<Record<string, z.ZodType>>[] = [coreShape, ...providers.map(providerShape)];
  return shapes.flatMap((shape) => Object.entries(shape)).map(([name, schema]) => ({ name, description: schema.description ?? "" }));
}
