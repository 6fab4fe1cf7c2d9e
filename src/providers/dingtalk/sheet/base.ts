import { z } from "zod";
import type { JsonObject } from "../../../json/value.js";

/**
 * For tests of clients: codes that a base can be told to answer, which the service itself answers only when it fails.
 */
const simulatedFailures = {
  internalError: "internal-error",
  unknownError: "unknown-error",
  "service.timeout": "service-timeout",
  "invalidRequest.dataNotReady": "data-not-ready",
  "forbidden.document.sizeOverLimit": "size-over-limit",
  "forbidden.accessDenied": "access-denied",
} as const;
type SimulatedFailureCode = keyof typeof simulatedFailures;

const operatorRight = z.enum(["edit", "read", "none"]);

/** Given with a sheet. A property that a later sheet omits keeps its value in the base. */
export const baseProperties = {
  documentType: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe("`notable` for an AI table, which is the default; any other document takes no records."),
  state: z
    .enum(["ready", "initializing", "broken"])
    .optional()
    .describe("Whether the document can be used. Default: ready."),
  operators: z
    .record(z.string().min(1).max(128), operatorRight)
    .describe(
      'What each operator may do, by unionId: `edit`, `read`, or `none` for an operator that exists and cannot see the base, e.g. `{"u1": "edit"}`.',
    ),
  failure: z
    // `Object.keys` types its result as texts; these are the keys of the table above.
    .enum(Object.keys(simulatedFailures) as SimulatedFailureCode[])
    .nullable()
    .optional()
    .describe("For tests: every valid insert is answered with this code and stores nothing; null ends this."),
};

const storedBase = z.object({
  documentType: z.string().default("notable"),
  state: z.enum(["ready", "initializing", "broken"]).default("ready"),
  operators: z.record(z.string(), operatorRight).default({}),
  failure: z.string().nullish(),
});
export type Base = z.output<typeof storedBase>;

export function readBase(stored: JsonObject): Base {
  return storedBase.parse(stored);
}

/** Undefined when the base does not list the operator. */
export function rightsOf({ operators }: Base, operatorId: string): z.output<typeof operatorRight> | undefined {
  return Object.hasOwn(operators, operatorId) ? operators[operatorId] : undefined;
}

/** The name of the failure row that answers valid inserts, if one is set. */
export function simulatedFailureOf({ failure }: Base): (typeof simulatedFailures)[SimulatedFailureCode] | undefined {
  return Object.entries(simulatedFailures).find(([code]) => code === failure)?.[1];
}
