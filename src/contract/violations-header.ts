import { Buffer } from "node:buffer";
import { z } from "zod";
import type { Violation } from "../core/failure.js";

/** Carries violations between two of us: the contracts' own bodies have no place for them. */
export const violationsHeader = "recordgate-violations";

const mostViolations = 20;
const mostBytes = 4096;

const violationsSchema = z.array(
  z.object({ recordIndex: z.int().nonnegative().optional(), field: z.string().optional(), rule: z.string(), message: z.string() }),
);

/** The first violations that fit, as ASCII JSON. */
export function writeViolations(violations: readonly Violation[]): string {
  const fitting: string[] = [];
  let bytes = 2;
  for (const violation of violations.slice(0, mostViolations)) {
    const text = toAscii(JSON.stringify(violation));
    bytes += Buffer.byteLength(text) + 1;
    if (bytes > mostBytes) break;
    fitting.push(text);
  }
  return `[${fitting.join(",")}]`;
}

function toAscii(json: string): string {
  return json.replaceAll(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Undefined when the header is missing or is not ours. */
export function readViolations(header: string | undefined): readonly Violation[] | undefined {
  if (header === undefined) return undefined;
  try {
    return violationsSchema.parse(JSON.parse(header));
  } catch {
    return undefined;
  }
}
