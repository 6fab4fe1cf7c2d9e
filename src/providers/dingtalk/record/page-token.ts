import { isPageKey } from "../../../core/page.js";
import type { Collection } from "../../../core/collection.js";

/** Encodes the sheet and the last record of the page. Clients hand the token back unchanged. */
export function writePageToken({ name }: Collection, key: string): string {
  return Buffer.from(`${name} ${key}`).toString("base64url");
}

/** The key of the last record of the page; undefined when the token does not belong to this sheet. */
export function readPageToken(collection: Collection, token: string): string | undefined {
  const key = Buffer.from(token, "base64url").toString().split(" ").at(-1) ?? "";
  return isPageKey(key) && writePageToken(collection, key) === token ? key : undefined;
}
