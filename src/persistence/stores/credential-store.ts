import type { ProviderCaller } from "../../core/access/caller.js";
import type { CredentialStore, NewCredential } from "../../core/access/credential.js";
import { sha256 } from "../../core/sha256.js";
import { Prisma } from "../generated/client.js";
import { isStorableText, stringifyStorable } from "../guards/storable-json.js";
import { repeatConflicts } from "../sql-state.js";
import type { StoreParts } from "./store-parts.js";

/** Reserved: no provider has this id. */
const everyProvider = "*";

export class PrismaCredentialStore implements CredentialStore {
  readonly #parts: StoreParts;

  constructor(parts: StoreParts) {
    this.#parts = parts;
  }

  async saveCredential({
    provider = everyProvider,
    caller,
    secret,
    expiresAt,
    replacesOlder,
  }: NewCredential): Promise<void> {
    const { prisma, tables } = this.#parts;
    const { principal, scopes, grants } = caller;
    const secretSha256 = sha256(secret);
    const toColumn = (words: ProviderCaller["scopes"]) => (words === "all" ? null : stringifyStorable(words));
    const save = Prisma.sql`
      INSERT INTO ${tables.credential} (provider, secret_sha256, principal, scopes, grants, expires_at)
      VALUES (
        ${provider}, ${secretSha256}, ${principal},
        ${toColumn(scopes)}::text::json, ${toColumn(grants)}::text::json, ${expiresAt ?? null}::timestamptz)
      ON CONFLICT (provider, secret_sha256) DO UPDATE SET
        principal = excluded.principal, scopes = excluded.scopes, grants = excluded.grants,
        expires_at = excluded.expires_at`;
    const removeOlder = Prisma.sql`
      DELETE FROM ${tables.credential}
      WHERE provider = ${provider} AND principal = ${principal}
        AND expires_at IS NULL AND secret_sha256 <> ${secretSha256}`;
    const statements = replacesOlder ? [save, removeOlder] : [save];
    await repeatConflicts(() => prisma.$transaction(statements.map((statement) => prisma.$executeRaw(statement))));
  }

  async findCaller(provider: string, secret: string, now: Date): Promise<ProviderCaller | undefined> {
    return (await this.findCallers(new Map([[provider, secret]]), now)).get(provider);
  }

  async findCallers(secrets: ReadonlyMap<string, string>, now: Date): Promise<ReadonlyMap<string, ProviderCaller>> {
    const storable = [...secrets].filter(([, secret]) => isStorableText(secret));
    const hashes = new Map(storable.map(([provider, secret]) => [provider, sha256(secret)]));
    const rows = await this.#parts.prisma.credential.findMany({
      where: {
        provider: { in: [...hashes.keys(), everyProvider] },
        secretSha256: { in: [...new Set(hashes.values())] },
        OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
      },
    });
    const found = [...hashes].flatMap(([provider, hash]): [string, ProviderCaller][] => {
      const own = rows.filter((row) => row.secretSha256 === hash);
      const row = own.find((each) => each.provider === provider) ?? own.find((each) => each.provider === everyProvider);
      if (row === undefined) return [];
      return [[provider, { principal: row.principal, scopes: fromColumn(row.scopes), grants: fromColumn(row.grants) }]];
    });
    return new Map(found);
  }
}

/** Only null means everything; a value that is not a list grants nothing. */
function fromColumn(value: Prisma.JsonValue): ProviderCaller["scopes"] {
  if (value === null) return "all";
  return Array.isArray(value) ? value.filter((word) => typeof word === "string") : [];
}
