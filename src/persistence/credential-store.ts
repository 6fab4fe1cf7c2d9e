import type { Caller } from "../core/caller.js";
import type { CredentialStore, NewCredential } from "../core/credential.js";
import { sha256 } from "../core/sha256.js";
import { Prisma } from "./generated/client.js";
import type { StoreParts } from "./store-parts.js";

/** No provider has such an id. */
const anyProvider = "*";

export class PrismaCredentialStore implements CredentialStore {
  readonly #parts: StoreParts;

  constructor(parts: StoreParts) {
    this.#parts = parts;
  }

  async saveCredential({ provider = anyProvider, caller, secret, expiresAt, replacesOlder }: NewCredential): Promise<void> {
    const secretSha256 = sha256(secret);
    const row = {
      principal: caller.principal,
      scopes: toColumn(caller.scopes),
      grants: toColumn(caller.grants),
      expiresAt: expiresAt ?? null,
    };
    const { credential } = this.#parts.prisma;
    await credential.upsert({ where: { provider_secretSha256: { provider, secretSha256 } }, create: { provider, secretSha256, ...row }, update: row });
    if (!replacesOlder) return;
    await credential.deleteMany({ where: { provider, principal: caller.principal, expiresAt: null, secretSha256: { not: secretSha256 } } });
  }

  async findCaller(provider: string, secret: string, now: Date): Promise<Caller | undefined> {
    const rows = await this.#parts.prisma.credential.findMany({
      where: { provider: { in: [provider, anyProvider] }, secretSha256: sha256(secret), OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    });
    const row = rows.find((each) => each.provider === provider) ?? rows[0];
    return row && { principal: row.principal, scopes: fromColumn(row.scopes), grants: fromColumn(row.grants) };
  }
}

function toColumn(words: Caller["scopes"]): string[] | typeof Prisma.DbNull {
  return words === "all" ? Prisma.DbNull : [...words];
}

/** Only null means everything: a list that is none grants nothing. */
function fromColumn(value: Prisma.JsonValue): Caller["scopes"] {
  if (value === null) return "all";
  return Array.isArray(value) ? value.filter((word) => typeof word === "string") : [];
}
