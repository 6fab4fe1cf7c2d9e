import { Buffer } from "node:buffer";

/** Collection and field names follow one rule; its parts are checked in this order. */
export type NameFault = "length" | "start" | "characters";

/** Names of everything have at most this length. */
export const maxNameBytes = 255;

export function findNameFault(name: string): NameFault | undefined {
  if (Buffer.byteLength(name) > maxNameBytes) return "length";
  if (!/^[A-Za-z_]/.test(name)) return "start";
  return /^\w+$/.test(name) ? undefined : "characters";
}
