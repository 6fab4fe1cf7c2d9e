import type { Collection } from "../../../core/collection.js";

/** Encodes the sheet and the last record of the page. Clients hand the token back unchanged. */
export function writePageToken({ name }: Collection, key: string): string {
  return Buffer.from(`${name} ${key}`).toString("base64url");
}

/** The key of the last record of the page; undefined when the token does not belong to this sheet. */
export function readPageToken(collection: Collection, token: string): string | undefined {
  const [, key] = / (\d{1,18})$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  return key !== undefined && writePageToken(collection, key) === token ? key : undefined;
}
