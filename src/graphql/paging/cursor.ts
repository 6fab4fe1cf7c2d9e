import { Buffer } from "node:buffer";
import { userInputError } from "../user-input-error.js";

/** A cursor is valid in one kind of list only, which `list` names. */
export function toCursor(list: string, key: string): string {
  return Buffer.from(`${list}:${key}`).toString("base64url");
}

/** @throws GraphQLError with the code BAD_USER_INPUT */
export function readCursor(list: string, cursor: string): string {
  const text = Buffer.from(cursor, "base64url").toString();
  const prefix = `${list}:`;
  if (text.startsWith(prefix) && toCursor(list, text.slice(prefix.length)) === cursor) return text.slice(prefix.length);
  throw userInputError("after: this is not a cursor of this list");
}
