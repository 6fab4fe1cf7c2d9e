import type { z } from "zod";
import type { JsonValue } from "../json/value.js";
import type { RowNameWithin } from "./failures/failure-table.js";
import type { FailureRow, MessageParameters, RefusalBy } from "./failures/failure-row.js";
import type { Headers } from "./message.js";

/** A caller's count of calls after a call. */
export interface CallCount {
  readonly limit: number;
  /** Remaining calls of this window; negative when this call exceeded the limit. */
  readonly remaining: number;
  /** Time until the next window, in milliseconds. */
  readonly resetAfterMs: number;
}

/** Turns the issues of a body's schema into a failure of the contract. */
export type ShapeRefusal<Failure extends string = string> = (
  issues: readonly z.core.$ZodIssue[],
  body: JsonValue | undefined,
) => RefusalBy<Failure>;

/** The message parameters that each check supplies. */
export const suppliedParameters = {
  caller: [],
  "time-limit": [],
  scope: ["scope", "user"],
  address: [],
  query: ["parameter"],
  "call-rate": ["limit"],
  limit: ["limit", "actual", "unit"],
  body: ["problem"],
} as const satisfies Record<string, readonly string[]>;

export type CheckName = keyof typeof suppliedParameters;

/** A row whose message the check can fill. */
type Failure<Row extends FailureRow, Name extends CheckName> = RowNameWithin<
  Row,
  (typeof suppliedParameters)[Name][number]
>;

interface CheckDetails<Row extends FailureRow, LimitName extends string> extends Record<CheckName, object> {
  /**
   * `missing: "accepted"` serves a request without credentials while authorization is off. `missingFailure` is the row
   * for missing credentials where it differs from `failure`.
   */
  readonly caller: {
    readonly missing: "accepted" | "refused";
    readonly failure: Failure<Row, "caller">;
    readonly missingFailure?: Failure<Row, "caller">;
  };
  /**
   * The time that a client gives the rest of the call in a header; absent or empty: without a limit. The service does
   * not begin after it, and finishes what it has begun.
   */
  readonly "time-limit": {
    readonly header: Lowercase<string>;
    /** Milliseconds, or the refusal of a value that does not tell a time. A time of 0 or less is over at once. */
    readonly readMs: (value: string) => number | RefusalBy<Row["name"]>;
    /** The reply when the time is over; its outcome is unknown. */
    readonly failure: Failure<Row, "time-limit">;
  };
  /** Whether the caller has the scope that the contract requires. */
  readonly scope: { readonly failure: Failure<Row, "scope"> };
  /** Accepts requests from the configured addresses only; off unless configured. */
  readonly address: { readonly failure: Failure<Row, "address"> };
  /** A mandatory query parameter, not empty. `parameters` fill the other placeholders of the message. */
  readonly query: {
    readonly parameter: string;
    readonly failure: Row["name"];
    readonly parameters?: MessageParameters;
  };
  /** Limits the calls of one caller per window; off unless configured. */
  readonly "call-rate": {
    readonly setting: Uppercase<string>;
    readonly windowMs: number;
    /** The setting for the length of the window, in seconds; absent: the length is fixed. */
    readonly windowSetting?: Uppercase<string>;
    /** The contracts of the provider with this member share one count. */
    readonly shared?: true;
    /** Headers of the reply that report the count to the caller. */
    readonly headers?: (count: CallCount) => Headers;
    readonly failure: Failure<Row, "call-rate">;
  };
  readonly limit: { readonly limit: LimitName; readonly failure: Failure<Row, "limit"> };
  readonly body: { readonly syntaxFailure: Failure<Row, "body">; readonly refuseShape: ShapeRefusal<Row["name"]> };
}

/** The checks that the kit makes before it calls the service, in the order of the list; the first failure wins. */
export type Check<
  Row extends FailureRow = FailureRow,
  LimitName extends string = string,
  Name extends CheckName = CheckName,
> = {
  [Each in Name]: { readonly check: Each } & CheckDetails<Row, LimitName>[Each];
}[Name];

/** The rows that a check refuses with, by name. */
export function failuresOf(check: Check): readonly string[] {
  if (check.check === "body") return [check.syntaxFailure];
  return check.check === "caller" ? [check.failure, check.missingFailure ?? check.failure] : [check.failure];
}
