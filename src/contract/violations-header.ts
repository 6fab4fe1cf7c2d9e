import { z } from "zod";
import type { Violation } from "../core/failure.js";
import { shorten } from "../json/quote.js";

/** Carries violations between two servers of this program: the contracts' bodies cannot. */
export const violationsHeader = "recordgate-violations";

const maxViolations = 20;
const maxHeaderBytes = 4096;

const violationsSchema = z.array(
  z.object({ recordIndex: z.int().nonnegative().optional(), field: z.string().optional(), rule: z.string(), message: z.string() }),
);

/** The longest message of a violation in the header, in characters. Longer messages quote values, which the body of the reply has as well. */
const maxViolationTextLength = 400;

/** The first violations that fit into the header, with shortened texts where necessary; undefined without violations. */
export function fitViolations(violations: readonly Violation[] = []): readonly Violation[] | undefined {
  const fitting: Violation[] = [];
  let bytes = 2;
  for (const violation of violations.slice(0, maxViolations).map(shortenTexts)) {
    bytes += toAscii(JSON.stringify(violation)).length + 1;
    if (bytes > maxHeaderBytes) break;
    fitting.push(violation);
  }
  return fitting.length === 0 ? undefined : fitting;
}

function shortenTexts({ field, message, ...violation }: Violation): Violation {
  return { ...violation, ...(field === undefined ? {} : { field: shorten(field, maxViolationTextLength) }), message: shorten(message, maxViolationTextLength) };
}

/** JSON in ASCII: header values cannot carry other characters. */
export function writeViolations(violations: readonly Violation[]): string {
  return toAscii(JSON.stringify(fitViolations(violations) ?? []));
}

function toAscii(json: string): string {
  return json.replaceAll(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Undefined for a missing header and for one of another program. */
export function readViolations(header: string | undefined): readonly Violation[] | undefined {
  if (header === undefined) return undefined;
  try {
    const violations = violationsSchema.parse(JSON.parse(header));
    return violations.length === 0 ? undefined : violations;
  } catch {
    return undefined;
  }
}
