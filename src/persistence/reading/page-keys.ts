import { createCipheriv, createDecipheriv, randomBytes, type Cipher, type Decipher } from "node:crypto";
import { isPageKey } from "../../core/page.js";
import type { PrismaClient } from "../generated/client.js";
import type { Tables } from "../tables.js";

/** The lists whose rows are numbered throughout the database, and a number that tells their keys apart. */
const lists = { collections: 1n, records: 2n, tasks: 3n } as const;

export type NumberedList = keyof typeof lists;

const secretName = "page-keys";
const cipherName = "aes-128-ecb";
const secretBytes = 16;

/**
 * Turns the numbers of rows into keys of pages and back. A key is the number and its list, encrypted as one block:
 * numbers would tell how many rows lie between two, those of other callers among them.
 */
export class PageKeys {
  readonly #encrypt: Cipher;
  readonly #decrypt: Decipher;

  constructor(secret: Uint8Array) {
    this.#encrypt = createCipheriv(cipherName, secret, null).setAutoPadding(false);
    this.#decrypt = createDecipheriv(cipherName, secret, null).setAutoPadding(false);
  }

  write(list: NumberedList, number: bigint): string {
    const block = Buffer.alloc(secretBytes);
    block.writeBigInt64BE(number);
    block.writeBigInt64BE(lists[list], 8);
    return this.#encrypt.update(block).toString("base64url");
  }

  /** The number after which a page starts; undefined when `key` is not one of this list. */
  read(list: NumberedList, key: string | undefined, whenAbsent: bigint): bigint | undefined {
    if (key === undefined) return whenAbsent;
    if (!isPageKey(key)) return undefined;
    const block = this.#decrypt.update(Buffer.from(key, "base64url"));
    return block.readBigInt64BE(8) === lists[list] ? block.readBigInt64BE() : undefined;
  }
}

/** Reads the secret that all processes of the database share; the first one makes it. */
export async function openPageKeys(prisma: PrismaClient, tables: Tables): Promise<PageKeys> {
  const known = await prisma.sharedSecret.findUnique({ where: { name: secretName } });
  if (known !== null) return new PageKeys(known.value);
  await prisma.$executeRaw`
    INSERT INTO ${tables.shared_secret} (name, value) VALUES (${secretName}, ${randomBytes(secretBytes)}::bytea) ON CONFLICT DO NOTHING`;
  return new PageKeys((await prisma.sharedSecret.findUniqueOrThrow({ where: { name: secretName } })).value);
}
