import type { AccessKey, AccessKeyStore, NewAccessKey } from "../../core/access/access-key.js";
import { keyOperations, type KeyScope } from "../../core/access/caller.js";
import { sha256 } from "../../core/sha256.js";
import { isJsonObject, type JsonValue } from "../../json/value.js";
import type { AccessKey as AccessKeyRow } from "../generated/client.js";
import { isUuid } from "../uuid.js";
import type { StoreParts } from "./store-parts.js";

export class PrismaAccessKeyStore implements AccessKeyStore {
  readonly #parts: StoreParts;

  constructor(parts: StoreParts) {
    this.#parts = parts;
  }

  async createKey(key: NewAccessKey): Promise<AccessKey> {
    return toAccessKey(await this.#parts.prisma.accessKey.create({ data: this.#toRow(key) }));
  }

  /** The lock lets no other key come between the look and the insert; readers do not wait for it. */
  async createFirstKey(key: NewAccessKey): Promise<AccessKey | undefined> {
    const { prisma, tables } = this.#parts;
    const row = this.#toRow(key);
    const { id, name, secretSha256, scopes, createdAt, expiresAt } = row;
    const [, stored] = await prisma.$transaction([
      prisma.$executeRaw`LOCK TABLE ${tables.access_key} IN SHARE ROW EXCLUSIVE MODE`,
      prisma.$executeRaw`
        INSERT INTO ${tables.access_key} (id, name, secret_sha256, scopes, created_at, expires_at)
        SELECT ${id}::uuid, ${name}, ${secretSha256}, ${JSON.stringify(scopes)}::text::json, ${createdAt}::timestamptz,
          ${expiresAt}::timestamptz
        WHERE NOT EXISTS (SELECT FROM ${tables.access_key})`,
    ]);
    return stored === 1 ? toAccessKey({ ...row, revokedAt: null }) : undefined;
  }

  #toRow({ name, secret, scopes, expiresAt }: NewAccessKey) {
    const { ids, clock } = this.#parts;
    return {
      id: ids.uuid(),
      name,
      secretSha256: sha256(secret),
      scopes: scopes.map((scope) => ({ ...scope })),
      createdAt: clock.now(),
      expiresAt: expiresAt ?? null,
    };
  }

  async listKeys(): Promise<readonly AccessKey[]> {
    const rows = await this.#parts.prisma.accessKey.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
    return rows.map(toAccessKey);
  }

  async revokeKey(id: string): Promise<boolean> {
    if (!isUuid(id)) return false;
    const { prisma, clock } = this.#parts;
    await prisma.accessKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: clock.now() } });
    return (await prisma.accessKey.count({ where: { id } })) === 1;
  }

  async findKey(secret: string, now: Date): Promise<AccessKey | undefined> {
    const row = await this.#parts.prisma.accessKey.findUnique({
      where: {
        secretSha256: sha256(secret),
        revokedAt: null,
        OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
      },
    });
    return row === null ? undefined : toAccessKey(row);
  }
}

function toAccessKey({ id, name, scopes, createdAt, expiresAt, revokedAt }: AccessKeyRow): AccessKey {
  return {
    id,
    name,
    // Prisma's JSON values are JSON values without bigint.
    scopes: readScopes(scopes as JsonValue),
    createdAt,
    ...(expiresAt !== null && { expiresAt }),
    ...(revokedAt !== null && { revokedAt }),
  };
}

/** A scope with an unknown member or value, written by a newer version, opens nothing. */
function readScopes(stored: JsonValue): readonly KeyScope[] {
  return Array.isArray(stored) ? stored.flatMap((scope: JsonValue) => (isKeyScope(scope) ? [scope] : [])) : [];
}

function isKeyScope(scope: JsonValue): scope is KeyScope & Record<string, JsonValue> {
  return isJsonObject(scope) && Object.entries(scope).every(([name, value]) => isMemberOfScope(name, value));
}

function isMemberOfScope(name: string, value: JsonValue | undefined): boolean {
  if (name === "operation") return keyOperations.some((operation) => operation === value);
  return ["provider", "upstream", "space"].includes(name) && typeof value === "string";
}
