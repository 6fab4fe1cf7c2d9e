import { z } from "zod";
import type { Provider } from "../../contract/provider.js";
import { ConfigError } from "../../core/operator-error.js";
import { httpShape, refuseExposure } from "./http-settings.js";
import { graphqlShape } from "./graphql-settings.js";
import { findAddressless, providerSchema, providerShape, type ProviderConfig } from "./provider-config.js";
import { findMisspeltSettings, type MisspeltSetting } from "./misspelt-settings.js";
import { between, onOrOff } from "./setting-schemas.js";

/** The environment variables of the process, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Setting {
  readonly name: string;
  readonly description: string;
}

const databaseUrl = z
  .string()
  .refine(
    (text) => text === "memory:" || /^postgres(ql)?:\/\/./.test(text),
    "must be postgres://…, or memory: for a throw-away database",
  );

const coreShape = {
  ...httpShape,
  DATABASE_URL: databaseUrl
    .optional()
    .describe(
      "`postgres://…` for a server, `memory:` for a throw-away database; unset for the embedded database in DATABASE_FOLDER.",
    ),
  DATABASE_FOLDER: z.string().default(".recordgate").describe("Folder of the embedded database."),
  DATABASE_POOL_SIZE: between(1, 1000).default(10).describe("Connections to the PostgreSQL server."),
  DATABASE_STATEMENT_TIMEOUT_MS: between(100, 3_600_000)
    .default(60_000)
    .describe("The longest a statement may run on the PostgreSQL server."),
  DATABASE_CONNECT_TIMEOUT_MS: between(100, 600_000)
    .default(10_000)
    .describe("The longest to wait for a connection to the PostgreSQL server."),
  DATABASE_TLS: z
    .enum(["off", "on", "verify"])
    .optional()
    .describe(
      "TLS to the PostgreSQL server: `on` encrypts, `verify` also checks the certificate; unset leaves it to `sslmode` in the URL.",
    ),
  IMPORT_CONCURRENCY: between(1, 64)
    .default(2)
    .describe(
      "Imports that this process carries out at one time, and tasks of real services that it asks for at one time.",
    ),
  IMPORT_POLL_MS: between(100, 600_000)
    .default(2000)
    .describe("How often to look for imports and tasks that another process accepted or left behind."),
  REMOTE_TASK_DAYS: between(1, 36_500)
    .optional()
    .describe("Days after which ended tasks of real services are deleted with their failures; unset: never."),
  DEFINITIONS_FILE: z
    .string()
    .optional()
    .describe('JSON file of collections and credentials to create at start: `{"<provider>": [<definition>, …]}`.'),
  AUTHORIZATION: onOrOff("off").describe(
    "Whether every face demands a credential; `off` allows everything to everyone.",
  ),
  REFUSED_CREDENTIALS_PER_MINUTE: between(0, 1_000_000)
    .default(100)
    .describe(
      "Different refused credentials of one address in a minute after which only keys of this program are looked up for it; 0: no limit.",
    ),
  KEY_REQUESTS_PER_SECOND: between(1, 1_000_000_000)
    .optional()
    .describe("Requests of one key in a second, on all faces and in all processes together; unset: no limit."),
  KEY_RECORDS_PER_SECOND: between(1, 1_000_000_000)
    .optional()
    .describe(
      "Records that one key writes in a second, counted like its requests; unset: no limit. A larger write uses up several seconds.",
    ),
  ...graphqlShape,
  FAULTS: onOrOff("off").describe(
    "For developers of clients: whether the header `recordgate-fault` makes a call fail.",
  ),
  LOG_LEVEL: z
    .enum(["silent", "error", "warn", "info", "debug"])
    .default("info")
    .describe("The least severe log line that is written."),
};

export type Config = Readonly<z.output<z.ZodObject<typeof coreShape>>> & {
  readonly providers: Readonly<Record<string, ProviderConfig>>;
};

/** @throws OperatorError */
export function readConfig(environment: Environment, providers: readonly Provider[]): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const core = z.object(coreShape).safeParse(given);
  const perProvider = providers.map((provider) => [provider.id, providerSchema(provider).safeParse(given)] as const);
  const results = [core, ...perProvider.map(([, result]) => result)];
  const problems = [
    ...results.flatMap((result) => (result.success ? [] : result.error.issues.map(describeIssue))),
    ...providers.flatMap((provider) => findAddressless(provider, given)),
    ...findMisspeltProviderSettings(environment, providers).map(
      ({ name, meant }) => `${name}: is not a setting; ${meant} is`,
    ),
  ];
  if (!core.success || problems.length > 0) throw new ConfigError(problems);
  refuseExposure(core.data);
  const parsed = perProvider.flatMap(([id, result]) => (result.success ? [[id, result.data] as const] : []));
  return { ...core.data, providers: Object.fromEntries(parsed) };
}

/**
 * Finds names that are close to a provider's setting. The start refuses them: an unnoticed base URL would send records
 * to the wrong service.
 */
function findMisspeltProviderSettings(
  environment: Environment,
  providers: readonly Provider[],
): readonly MisspeltSetting[] {
  const settings = providers.flatMap((provider) => Object.keys(providerShape(provider)));
  return findMisspeltSettings(
    settingNamesOf(environment).filter((name) => !(name in coreShape)),
    settings,
  );
}

/** Finds names that are close to a setting of the program and to no provider's setting. */
export function findMisspeltCoreSettings(
  environment: Environment,
  providers: readonly Provider[],
): readonly MisspeltSetting[] {
  const known = new Set(describeSettings(providers).map(({ name }) => name));
  return findMisspeltSettings(
    settingNamesOf(environment).filter((name) => !known.has(name)),
    Object.keys(coreShape),
  );
}

function settingNamesOf(environment: Environment): readonly string[] {
  return Object.keys(environment).filter((name) => environment[name] !== undefined && environment[name] !== "");
}

function describeIssue(issue: z.core.$ZodIssue): string {
  return `${issue.path.map(String).join(".")}: ${issue.message}`;
}

/** All variables that the program reads, for `--help` and the README. */
export function describeSettings(providers: readonly Provider[]): readonly Setting[] {
  const shapes: readonly Readonly<Record<string, z.ZodType>>[] = [coreShape, ...providers.map(providerShape)];
  return shapes
    .flatMap((shape) => Object.entries(shape))
    .map(([name, schema]) => ({ name, description: schema.description ?? "" }));
}
