import { isJsonArray, type JsonValue } from "../core/json.js";

/** The deepest nesting that is stored. */
export const maxDepth = 1024;

/**
 * Why PostgreSQL could not keep the value: it holds U+0000 or a lone surrogate, or nests too deeply.
 * Keys count as well as values. Undefined when it can be stored.
 */
export type Unstorable = "nul" | "surrogate" | "depth";

const explanations = {
  nul: "contains U+0000",
  surrogate: "contains a lone surrogate",
  depth: `nests deeper than ${maxDepth} levels`,
} as const satisfies Record<Unstorable, string>;

export function explainUnstorable(reason: Unstorable): string {
  return explanations[reason];
}

export function findUnstorable(value: JsonValue, depth = 1): Unstorable | undefined {
  if (typeof value === "string") return findUnstorableText(value);
  if (typeof value !== "object" || value === null) return undefined;
  if (depth > maxDepth) return "depth";
  if (isJsonArray(value)) return firstReason(value, (element) => findUnstorable(element, depth + 1));
  return firstReason(Object.entries(value), ([key, member]) => findUnstorableText(key) ?? findUnstorable(member, depth + 1));
}

export function findUnstorableText(text: string): Unstorable | undefined {
  if (text.includes("\0")) return "nul";
  return text.isWellFormed() ? undefined : "surrogate";
}

function firstReason<T>(items: Iterable<T>, reasonOf: (item: T) => Unstorable | undefined): Unstorable | undefined {
  for (const item of items) {
    const reason = reasonOf(item);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
