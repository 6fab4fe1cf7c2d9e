import { z } from "zod";
import type { JsonObject } from "../../../json/value.js";

/** What a test of clients cannot bring about otherwise: codes that the service answers only when it is in trouble itself. */
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

/** Said with a sheet; the base keeps what a later sheet does not say again. */
export const baseProperties = {
  documentType: z.string().min(1).max(64).optional().describe("`notable` for an AI table, which is the default; any other document takes no records."),
  state: z.enum(["ready", "initializing", "broken"]).optional().describe("Whether the document can be used. Default: ready."),
  operators: z
    .record(z.string().min(1).max(128), operatorRight)
    .describe('What each operator may do, by unionId: `edit`, `read`, or `none` for one that exists and does not see the base, e.g. `{"u1": "edit"}`.'),
  failure: z
    // `keys` answers texts; these are the table's own.
    .enum(Object.keys(simulatedFailures) as SimulatedFailureCode[])
    .nullable()
    .optional()
    .describe("For tests: every insert that is correct is answered with this code and stores nothing; null ends it."),
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

/** Undefined for an operator that the base does not know. */
export function rightsOf({ operators }: Base, operatorId: string): z.output<typeof operatorRight> | undefined {
  return Object.hasOwn(operators, operatorId) ? operators[operatorId] : undefined;
}

/** The row that the base answers correct inserts with. */
export function simulatedFailureOf({ failure }: Base): (typeof simulatedFailures)[SimulatedFailureCode] | undefined {
  return Object.entries(simulatedFailures).find(([code]) => code === failure)?.[1];
}
