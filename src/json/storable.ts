import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "./value.js";

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

/** A value that cannot be stored and where it stands. */
export interface UnstorablePlace {
  readonly reason: Unstorable;
  /** Names of members and indices, from the outermost in; the last one may be what cannot be stored itself. */
  readonly path: readonly (string | number)[];
}

/** A list or an object that is still to be looked through. */
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
 * In no particular order where several reasons hold. Without recursion: what nests too deeply must not exhaust the stack.
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
