import { isJsonArray, type JsonContainer, type JsonValue } from "./value.js";
import { isContainer } from "./write-exactly.js";

/** Member names of an object or indices of a list, each with the number as it was written. */
type Rounded = ReadonlyMap<string | number, string>;

const roundedMembers = new WeakMap<object, Map<string | number, string>>();

/** Such numbers are rare: until the first one no value is searched. */
let anyNoted = false;

/** Remembers that a member is a double with other digits than its written number. */
export function noteRounded(container: object, member: string | number, written: string): void {
  const known = roundedMembers.get(container) ?? new Map<string | number, string>();
  roundedMembers.set(container, known.set(member, written));
  anyNoted = true;
}

/**
 * The members whose doubles have other digits: those of an object, and of a list those that are whole only by rounding.
 * Readers of whole numbers and of numbers as text call it; for a float the double is right. A copy of an object does not
 * have them: see `keepRounded`.
 */
export function roundedIn(container: object): Rounded | undefined {
  return anyNoted ? roundedMembers.get(container) : undefined;
}

/** Whether any value may hold such a number. */
export function mayHoldRounded(): boolean {
  return anyNoted;
}

/** The members of a container, which has none of them from now on: for elements that move to other places. */
export function takeRounded(container: object): Rounded | undefined {
  const known = roundedMembers.get(container);
  roundedMembers.delete(container);
  return known;
}

/** A container and its copy, whose members have the same names. */
type CopiedContainer = readonly [original: JsonContainer, copy: object];

/** The containers of a value that a copy of it does not share. */
function listCopied(original: JsonValue | undefined, copy: unknown): readonly CopiedContainer[] {
  const copied: CopiedContainer[] = [];
  const open: [JsonValue | undefined, unknown][] = [[original, copy]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [from, to] = pair;
    if (from === undefined || !isContainer(from) || typeof to !== "object" || to === null || from === to) continue;
    copied.push([from, to]);
    for (const [name, member] of Object.entries(from))
      if (Object.hasOwn(to, name)) open.push([member, (to as Readonly<Record<string, unknown>>)[name]]);
  }
  return copied;
}

/** Transfers the members to a copy with the same member names, and within it to copies of the containers. */
export function keepRounded(original: JsonValue | undefined, copy: unknown): void {
  if (!anyNoted) return;
  for (const [from, to] of listCopied(original, copy)) {
    const known = roundedMembers.get(from);
    if (known !== undefined) roundedMembers.set(to, known);
  }
}

/**
 * The value with a fraction in the place of every rounded number, for a schema, which does not see the digits and then
 * refuses the number where it expects a whole one. Only in the containers that the schema has copied: it hands on the
 * others unread. Undefined where these have no rounded number.
 */
export function withoutRounded(original: JsonValue | undefined, copy: unknown): JsonValue | undefined {
  if (!anyNoted) return undefined;
  const copied = new Set(listCopied(original, copy).map(([container]) => container));
  if (![...copied].some((container) => roundedMembers.has(container))) return undefined;
  const replace = (value: JsonValue): JsonValue => {
    if (!isContainer(value) || !copied.has(value)) return value;
    const rounded = roundedMembers.get(value);
    const isWhole = (each: JsonValue, name: string | number) => rounded?.has(name) === true && Number.isInteger(each);
    const member = (each: JsonValue, name: string | number) => (isWhole(each, name) ? fraction : replace(each));
    return isJsonArray(value)
      ? value.map(member)
      : Object.fromEntries(Object.entries(value).map(([name, each]) => [name, member(each, name)] as const));
  };
  return original === undefined ? undefined : replace(original);
}

const fraction = 0.5;

/** Whether any number in the value was rounded to a whole one. */
export function holdsRounded(root: JsonValue): boolean {
  if (!anyNoted) return false;
  const open = [root].filter(isContainer);
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    if (roundedMembers.has(container)) return true;
    for (const member of isJsonArray(container) ? container : Object.values(container))
      if (isContainer(member)) open.push(member);
  }
  return false;
}
