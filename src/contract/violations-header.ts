import { Buffer } from "node:buffer";
import { z } from "zod";
import type { Violation } from "../core/failure.js";
import { shorten } from "./shorten.js";

/** Carries violations between two of us: the contracts' own bodies have no place for them. */
export const violationsHeader = "recordgate-violations";

const mostViolations = 20;
const mostBytes = 4096;

const violationsSchema = z.array(
  z.object({ recordIndex: z.int().nonnegative().optional(), field: z.string().optional(), rule: z.string(), message: z.string() }),
);

/** Long messages show values, which the body of the reply shows as well. */
const longestMessage = 400;

/** The first violations that fit, as ASCII JSON; at least one of those given. */
export function writeViolations(violations: readonly Violation[]): string {
  const fitting: string[] = [];
  let bytes = 2;
  for (const violation of violations.slice(0, mostViolations)) {
    const text = toAscii(JSON.stringify({ ...violation, field: violation.field && shorten(violation.field, longestMessage), message: shorten(violation.message, longestMessage) }));
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
    const violations = violationsSchema.parse(JSON.parse(header));
    return violations.length === 0 ? undefined : violations;
  } catch {
    return undefined;
  }
}
