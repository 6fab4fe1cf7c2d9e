import { isJsonArray, type JsonObject, type JsonValue } from "../core/json.js";

type Container = readonly JsonValue[] | JsonObject;

/** A list or an object being written. */
interface Open {
  readonly close: "]" | "}";
  /** Of an object. */
  readonly keys?: readonly string[];
  readonly members: readonly JsonValue[];
  next: number;
}

/** Compact JSON of any depth: bigints with all their digits, floats so that they are not read back as integers. */
export function writeExactly(root: JsonValue): string {
  if (!isContainer(root)) return writeScalar(root);
  const parts: string[] = [];
  const stack: Open[] = [];
  let open: Open | undefined = begin(root, parts);
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
      open = begin(member, parts);
    } else {
      parts.push(writeScalar(member));
    }
  }
  return parts.join("");
}

function begin(value: Container, parts: string[]): Open {
  if (isJsonArray(value)) {
    parts.push("[");
    return { close: "]", members: value, next: 0 };
  }
  parts.push("{");
  return { close: "}", keys: Object.keys(value), members: Object.values(value), next: 0 };
}

export function isContainer(value: JsonValue): value is Container {
  return typeof value === "object" && value !== null;
}

function writeScalar(value: Exclude<JsonValue, Container>): string {
  if (typeof value === "number") return writeNumber(value);
  return typeof value === "bigint" ? value.toString() : JSON.stringify(value);
}

/** Integers that a double may hold beside others were sent as floats: these keep an exponent. */
export function writeNumber(value: number): string {
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER && Number.isInteger(value)) return value.toExponential();
  return JSON.stringify(value);
}
