import { Buffer } from "node:buffer";

/** Collection and field names follow one rule; what is wrong is looked for in this order. */
export type NameProblem = "length" | "start" | "characters";

const maxBytes = 255;

export function findNameProblem(name: string): NameProblem | undefined {
  if (Buffer.byteLength(name) > maxBytes) return "length";
  if (!/^[A-Za-z_]/.test(name)) return "start";
  return /^\w+$/.test(name) ? undefined : "characters";
}
