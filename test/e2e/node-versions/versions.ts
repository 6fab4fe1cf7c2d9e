import { resolve } from "node:path";

/** The versions on which the program must work. */
export const supportedNodes = ["node20", "node22", "node24"] as const;

export function binaryOf(name: string): string {
  return resolve(import.meta.dirname, "node_modules", name, "bin/node");
}
