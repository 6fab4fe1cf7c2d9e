import { sha256 } from "../../../core/sha256.js";

/**
 * The clientToken of a part of a split write: the given one for the first part, and for every further one a UUID v4
 * that is derived from it, so that a repeat of the write has the same tokens. The case of a token does not matter.
 */
export function tokenOfPart(clientToken: string, part: number): string {
  if (part === 0) return clientToken;
  const digits = sha256(`${clientToken.toLowerCase()}/${part}`);
  const variant = (8 + (Number.parseInt(digits.charAt(16), 16) % 4)).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join("-");
}
