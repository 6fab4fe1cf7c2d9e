import type { Collection } from "../../../core/collection.js";

/** Names the sheet and the last record shown. Clients hand it back as it is. */
export function writePageToken({ name }: Collection, key: string): string {
  return Buffer.from(`${name} ${key}`).toString("base64url");
}

/** The key of the last record shown; undefined when the token is none of this sheet. */
export function readPageToken(collection: Collection, token: string): string | undefined {
  const [, key] = / (\d{1,18})$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  return key !== undefined && writePageToken(collection, key) === token ? key : undefined;
}
