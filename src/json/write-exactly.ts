import { isJsonArray, type JsonContainer, type JsonValue } from "./value.js";
import { wholeDigits } from "./number-text.js";

/** Members whose text the caller supplies, by name or index. */
type WrittenMembers = ReadonlyMap<string | number, string>;

/** A list or an object being written. */
interface OpenContainer {
  readonly close: "]" | "}";
  readonly written: WrittenMembers | undefined;
  /** Present for an object. */
  readonly keys?: readonly string[];
  readonly members: readonly JsonValue[];
  next: number;
}

/** Compact JSON of any depth: bigints with all digits, floats in a form that reads back as a float, supplied texts unchanged. */
export function writeExactly(root: JsonValue, writtenIn: (container: JsonContainer) => WrittenMembers | undefined = () => undefined): string {
  if (!isContainer(root)) return writeScalar(root);
  const parts: string[] = [];
  const stack: OpenContainer[] = [];
  const begin = (container: JsonContainer): OpenContainer => {
    const opened = openContainer(container, writtenIn(container));
    parts.push(opened.close === "]" ? "[" : "{");
    return opened;
  };
  let open: OpenContainer | undefined = begin(root);
  while (open !== undefined) {
    const index: number = open.next++;
    if (index === open.members.length) {
      parts.push(open.close);
      open = stack.pop();
      continue;
    }
    if (index > 0) parts.push(",");
    if (open.keys !== undefined) parts.push(JSON.stringify(open.keys[index]), ":");
    const member = open.members[index] ?? null;
    if (isContainer(member)) {
      stack.push(open);
      open = begin(member);
    } else {
      parts.push(open.written?.get(open.keys?.[index] ?? index) ?? writeScalar(member));
    }
  }
  return parts.join("");
}

function openContainer(value: JsonContainer, written: WrittenMembers | undefined): OpenContainer {
  if (isJsonArray(value)) return { close: "]", written, members: value, next: 0 };
  return { close: "}", written, keys: Object.keys(value), members: Object.values(value), next: 0 };
}

export function isContainer(value: JsonValue): value is JsonContainer {
  return typeof value === "object" && value !== null;
}

function writeScalar(value: Exclude<JsonValue, JsonContainer>): string {
  if (typeof value === "number") return writeNumber(value);
  return typeof value === "bigint" ? value.toString() : JSON.stringify(value);
}

/** A double of 2^53 or more was sent as a float: it is written with an exponent, or with the digits that distinguish it from an integer. */
export function writeNumber(value: number): string {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER || !Number.isInteger(value)) return JSON.stringify(value);
  const short = value.toExponential();
  return wholeDigits(short) === undefined ? short : value.toExponential(maxFractionDigits);
}

/** The number of digits that a double below 2^64 has behind its first one. */
const maxFractionDigits = 19;
