import { isJsonArray, type JsonValue } from "./value.js";
import { isContainer } from "./write-exactly.js";

/** Member names of an object or indices of a list, each with the number as it was written. */
type Rounded = ReadonlyMap<string | number, string>;

const roundedMembers = new WeakMap<object, Map<string | number, string>>();

/** Almost no process ever reads such a number: until then no value is looked through. */
let anyNoted = false;

/** Remembers that a member is the double of a number that, unlike its double, is not whole. */
export function noteRounded(container: object, member: string | number, written: string): void {
  const known = roundedMembers.get(container) ?? new Map<string | number, string>();
  roundedMembers.set(container, known.set(member, written));
  anyNoted = true;
}

/**
 * The members that only rounding made whole, asked by all that take whole numbers only: for a float the double is right.
 * A copy of an object does not know them.
 */
export function roundedIn(container: object): Rounded | undefined {
  return roundedMembers.get(container);
}

/** For a copy with the same member names. */
export function keepRounded(original: JsonValue | undefined, copy: unknown): void {
  const known = original !== undefined && isContainer(original) ? roundedMembers.get(original) : undefined;
  if (known !== undefined && typeof copy === "object" && copy !== null) roundedMembers.set(copy, known);
}

/** Whether anything in the value was rounded to a whole number. */
export function holdsRounded(root: JsonValue): boolean {
  if (!anyNoted) return false;
  const open = [root].filter(isContainer);
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    if (roundedMembers.has(container)) return true;
    for (const member of isJsonArray(container) ? container : Object.values(container)) if (isContainer(member)) open.push(member);
  }
  return false;
}
