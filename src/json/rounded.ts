import { isJsonArray, type JsonValue } from "./value.js";
import { isContainer } from "./write-exactly.js";

/** Member names of an object or indices of a list, each with the number as it was written. */
type Rounded = ReadonlyMap<string | number, string>;

const roundedMembers = new WeakMap<object, Map<string | number, string>>();

/** Such numbers are rare: until the first one no value is searched. */
let anyNoted = false;

/** Remembers that a member is a whole double whose written number is not whole. */
export function noteRounded(container: object, member: string | number, written: string): void {
  const known = roundedMembers.get(container) ?? new Map<string | number, string>();
  roundedMembers.set(container, known.set(member, written));
  anyNoted = true;
}

/**
 * The members that are whole only by rounding. Readers of whole numbers call it; for a float the double is right.
 * A copy of an object does not have them: see `keepRounded`.
 */
export function roundedIn(container: object): Rounded | undefined {
  return roundedMembers.get(container);
}

/** Transfers the members to a copy with the same member names. */
export function keepRounded(original: JsonValue | undefined, copy: unknown): void {
  const known = original !== undefined && isContainer(original) ? roundedMembers.get(original) : undefined;
  if (known !== undefined && typeof copy === "object" && copy !== null) roundedMembers.set(copy, known);
}

/** Whether any number in the value was rounded to a whole one. */
export function holdsRounded(root: JsonValue): boolean {
  if (!anyNoted) return false;
  const open = [root].filter(isContainer);
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    if (roundedMembers.has(container)) return true;
    for (const member of isJsonArray(container) ? container : Object.values(container)) if (isContainer(member)) open.push(member);
  }
  return false;
}
