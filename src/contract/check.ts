import type { z } from "zod";
import type { JsonValue } from "../json/value.js";
import type { RowNameWithin } from "./failures/failure-table.js";
import type { FailureRow, MessageParameters, RefusalBy } from "./failures/failure-row.js";
import type { Headers } from "./message.js";

/** How a caller stands after a call. */
export interface CallCount {
  readonly limit: number;
  /** Calls that are left in this window; negative when this one was too many. */
  readonly remaining: number;
  /** When the next window begins. */
  readonly resetAfterMs: number;
}

/** A body that its schema refuses, as the contract's own failure. */
export type ShapeRefusal<Failure extends string = string> = (issues: readonly z.core.$ZodIssue[], body: JsonValue | undefined) => RefusalBy<Failure>;

/** What each check fills the message of its failure with. */
export const suppliedParameters = {
  caller: [],
  scope: ["scope", "user"],
  address: [],
  query: ["parameter"],
  "call-rate": ["limit"],
  limit: ["limit", "actual", "unit"],
  body: ["problem"],
} as const satisfies Record<string, readonly string[]>;

export type CheckName = keyof typeof suppliedParameters;

/** A row whose message the check can fill. */
type Failure<Row extends FailureRow, Name extends CheckName> = RowNameWithin<Row, (typeof suppliedParameters)[Name][number]>;

interface CheckDetails<Row extends FailureRow, LimitName extends string> extends Record<CheckName, object> {
  /** `missing: "accepted"`: with authorization off a request without credentials is served. `missingFailure`: where that is another failure. */
  readonly caller: {
    readonly missing: "accepted" | "refused";
    readonly failure: Failure<Row, "caller">;
    readonly missingFailure?: Failure<Row, "caller">;
  };
  /** Whether the caller has the scope that the contract requires. */
  readonly scope: { readonly failure: Failure<Row, "scope"> };
  /** Only from addresses on a list; off unless configured. */
  readonly address: { readonly failure: Failure<Row, "address"> };
  /** A query parameter that must be there and not empty. `parameters` fill what else the message asks for. */
  readonly query: { readonly parameter: string; readonly failure: Row["name"]; readonly parameters?: MessageParameters };
  /** Calls of one caller in a window; off unless configured. */
  readonly "call-rate": {
    readonly setting: Uppercase<string>;
    readonly windowMs: number;
    /** Where the length of the window can be configured as well, in seconds. */
    readonly windowSetting?: Uppercase<string>;
    /** Whether all contracts of the provider that say so count together. */
    readonly shared?: true;
    /** What replies tell the caller of it. */
    readonly headers?: (count: CallCount) => Headers;
    readonly failure: Failure<Row, "call-rate">;
  };
  readonly limit: { readonly limit: LimitName; readonly failure: Failure<Row, "limit"> };
  readonly body: { readonly syntaxFailure: Failure<Row, "body">; readonly refuseShape: ShapeRefusal<Row["name"]> };
}

/** What the kit checks before the service is asked, in the order of the list; the first failure wins. */
export type Check<Row extends FailureRow = FailureRow, LimitName extends string = string, Name extends CheckName = CheckName> = {
  [Each in Name]: { readonly check: Each } & CheckDetails<Row, LimitName>[Each];
}[Name];

/** The rows that a check refuses with, by name. */
export function failuresOf(check: Check): readonly string[] {
  if (check.check === "body") return [check.syntaxFailure];
  return check.check === "caller" ? [check.failure, check.missingFailure ?? check.failure] : [check.failure];
}
