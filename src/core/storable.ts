import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "./json.js";

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

/** In no particular order where several reasons hold. Without recursion: what nests too deeply must not exhaust the stack. */
export function findUnstorable(root: JsonValue): Unstorable | undefined {
  if (typeof root === "string") return findUnstorableText(root);
  if (!isJsonArray(root) && !isJsonObject(root)) return undefined;
  const open: { readonly value: readonly JsonValue[] | JsonObject; readonly depth: number }[] = [{ value: root, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (depth > maxDepth) return "depth";
    for (const text of isJsonArray(value) ? [] : Object.keys(value)) {
      const reason = findUnstorableText(text);
      if (reason !== undefined) return reason;
    }
    for (const member of isJsonArray(value) ? value : Object.values(value)) {
      const reason = typeof member === "string" ? findUnstorableText(member) : undefined;
      if (reason !== undefined) return reason;
      if (isJsonArray(member) || isJsonObject(member)) open.push({ value: member, depth: depth + 1 });
    }
  }
  return undefined;
}

export function findUnstorableText(text: string): Exclude<Unstorable, "depth"> | undefined {
  if (text.includes("\0")) return "nul";
  return text.isWellFormed() ? undefined : "surrogate";
}

/** A value was to be written that the store cannot keep. Nothing was written. */
export class UnstorableValueError extends Error {
  readonly reason: Unstorable;
  /** Counts from 0; absent when it is not in a record. */
  readonly recordIndex?: number;
  /** Where it stands, or the name that cannot be stored itself; absent when unknown. */
  readonly field?: string;

  constructor({ reason, recordIndex, field }: Pick<UnstorableValueError, "reason" | "recordIndex" | "field">) {
    super(`a value ${explainUnstorable(reason)}`);
    this.name = "UnstorableValueError";
    this.reason = reason;
    this.recordIndex = recordIndex;
    this.field = field;
  }
}
