import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "./value.js";

/** The deepest nesting of a stored value, in levels of lists and objects. */
export const maxDepth = 1024;

/**
 * The reason for which PostgreSQL cannot store the value: U+0000, a lone surrogate or nesting beyond `maxDepth`.
 * Keys count as well as values. Undefined for a value that can be stored.
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

/** A value that cannot be stored, and its position. */
export interface UnstorablePlace {
  readonly reason: Unstorable;
  /** Names of members and indices, the outermost first; the last one may itself be the text that cannot be stored. */
  readonly path: readonly (string | number)[];
}

/** A list or an object that the search has yet to visit. */
interface OpenedContainer {
  readonly value: readonly JsonValue[] | JsonObject;
  readonly depth: number;
  /** Absent for the outermost value. */
  readonly within?: { readonly parent: OpenedContainer; readonly step: string | number };
}

export function findUnstorable(root: JsonValue): Unstorable | undefined {
  return locateUnstorable(root)?.reason;
}

/**
 * The order is undefined where several reasons hold. Without recursion: deep nesting must not exhaust the stack.
 */
export function locateUnstorable(root: JsonValue): UnstorablePlace | undefined {
  if (typeof root === "string") return toPlace(findUnstorableText(root), []);
  if (!isJsonArray(root) && !isJsonObject(root)) return undefined;
  const open: OpenedContainer[] = [{ value: root, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (depth > maxDepth) return toPlace("depth", pathOfOpened(next));
    for (const [step, member] of isJsonArray(value) ? value.entries() : Object.entries(value)) {
      const ofName = typeof step === "string" ? findUnstorableText(step) : undefined;
      const reason = ofName ?? (typeof member === "string" ? findUnstorableText(member) : undefined);
      if (reason !== undefined) return toPlace(reason, [...pathOfOpened(next), step]);
      if (isJsonArray(member) || isJsonObject(member)) {
        open.push({ value: member, depth: depth + 1, within: { parent: next, step } });
      }
    }
  }
  return undefined;
}

function toPlace(reason: Unstorable | undefined, path: UnstorablePlace["path"]): UnstorablePlace | undefined {
  return reason && { reason, path };
}

function pathOfOpened(opened: OpenedContainer): readonly (string | number)[] {
  const path: (string | number)[] = [];
  for (let { within } = opened; within !== undefined; { within } = within.parent) path.unshift(within.step);
  return path;
}

export function findUnstorableText(text: string): Exclude<Unstorable, "depth"> | undefined {
  if (text.includes("\0")) return "nul";
  return text.isWellFormed() ? undefined : "surrogate";
}

/** The store cannot keep one of the values of a write. Nothing was written. */
export class UnstorableValueError extends Error {
  readonly reason: Unstorable;
  /** Counts from 0; absent when the value is not in a record. */
  readonly recordIndex?: number;
  /** The field of the value, or the name that itself cannot be stored; absent when unknown. */
  readonly field?: string;

  constructor({ reason, recordIndex, field }: Pick<UnstorableValueError, "reason" | "recordIndex" | "field">) {
    super(`a value ${explainUnstorable(reason)}`);
    this.name = "UnstorableValueError";
    this.reason = reason;
    this.recordIndex = recordIndex;
    this.field = field;
  }
}
