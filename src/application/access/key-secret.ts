import { randomBytes } from "node:crypto";

/** Marks a secret as a key of Recordgate; the rest is 256 random bits in base64url. */
const keyPrefix = "rgk_";
const randomForm = /^[A-Za-z0-9_-]{43}$/;

export function createKeySecret(): string {
  return keyPrefix + randomBytes(32).toString("base64url");
}

/** Whether the text may be a key: a secret of any other form is looked up as a contract's own credential only. */
export function hasKeyForm(secret: string): boolean {
  return secret.startsWith(keyPrefix) && randomForm.test(secret.slice(keyPrefix.length));
}
