import type { Command } from "commander";
import type { AccessKeys } from "../application/access/access-keys.js";
import { scopeForm, showKeyScope } from "../application/access/key-scopes.js";
import type { AccessKey } from "../core/access/access-key.js";
import { OperatorError } from "../core/operator-error.js";

/** Opens the keys of the configured database for one command. */
export type OpenKeys = () => Promise<{ readonly keys: AccessKeys; readonly close: () => Promise<void> }>;

interface CreateOptions {
  readonly scope?: readonly string[];
  readonly all?: boolean;
  readonly expires?: string;
  readonly first?: boolean;
}

/** `keys create`, `keys list` and `keys revoke`. */
export function addKeysCommand(program: Command, open: OpenKeys): void {
  const keys = program.command("keys").description("manage the keys that clients send while AUTHORIZATION is on");
  keys
    .command("create <name>")
    .description("create a key and show its secret, once")
    .option(
      "--scope <scope...>",
      `the key opens this; repeatable: ${scopeForm}. A part that is left out restricts nothing, except that the upstream is then embedded`,
    )
    .option("--all", "the key opens everything embedded")
    .option("--expires <when>", "such as 30d, 12h, or 2027-01-31T00:00:00Z; default: never")
    .option("--first", "create the key only if there is no key yet")
    .action((name: string, options: CreateOptions) => runWith(open, (opened) => createKey(opened, name, options)));
  keys
    .command("list")
    .description("list all keys, without their secrets")
    .action(() => runWith(open, listKeys));
  keys
    .command("revoke <id>")
    .description("revoke a key; every replica refuses it within 5 seconds")
    .action((id: string) => runWith(open, (opened) => revokeKey(opened, id)));
}

async function createKey(keys: AccessKeys, name: string, options: CreateOptions): Promise<void> {
  const { scope: scopes = [], all: everything = false, expires, first: onlyFirst = false } = options;
  const created = await keys.create({ name, scopes, everything, expires, onlyFirst });
  if (created === undefined) {
    console.log("There is a key already.");
    return;
  }
  // The secret alone on standard output, so that a script can take it.
  console.error(`Key ${created.key.id} (${name}) opens ${describeScopes(created.key)}. Its secret is not shown again:`);
  console.log(created.secret);
}

async function listKeys(keys: AccessKeys): Promise<void> {
  const all = await keys.list();
  if (all.length === 0) console.log("There are no keys.");
  for (const key of all) console.log(`${key.id}  ${describeState(key)}  ${key.name}  ${describeScopes(key)}`);
}

async function revokeKey(keys: AccessKeys, id: string): Promise<void> {
  if (!(await keys.revoke(id))) throw new OperatorError(`There is no key ${id}; \`recordgate keys list\` shows them.`);
  console.log(`Key ${id} is revoked.`);
}

function describeScopes({ scopes }: AccessKey): string {
  return scopes.map(showKeyScope).join(" and ");
}

function describeState({ revokedAt, expiresAt }: AccessKey): string {
  if (revokedAt !== undefined) return `revoked ${revokedAt.toISOString()}`;
  if (expiresAt === undefined) return "valid";
  return `${expiresAt.getTime() > Date.now() ? "valid until" : "expired"} ${expiresAt.toISOString()}`;
}

/** Prints the error of an operator on one line, with exit code 1. */
async function runWith(open: OpenKeys, work: (keys: AccessKeys) => Promise<void>): Promise<void> {
  try {
    const { keys, close } = await open();
    try {
      await work(keys);
    } finally {
      await close();
    }
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
