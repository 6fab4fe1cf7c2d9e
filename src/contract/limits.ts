import { isJsonArray, isJsonObject, type JsonValue } from "../json/value.js";
import { isCertainlyWithin } from "../json/size.js";
import type { ExceededLimit } from "../core/failure.js";
import type { Check } from "./check.js";
import { findLimit, type Contract, type Limit } from "./contract.js";
import type { FailureRow } from "./failures/failure-row.js";
import type { BodyValue } from "./message.js";

type MeasuredBody = Omit<BodyValue, "kind">;

/** The MB of the contracts, in bytes. */
export const mebibyte = 1_048_576;

/** Numbers from the configuration, by the name of the setting. */
export type NumberSettings = Readonly<Record<string, number>>;

/** Names and meanings of the settings that change a contract's limits and call rates. */
export function limitSettings(
  contract: Contract,
): readonly { readonly setting: string; readonly description: string }[] {
  const limits = contract.limits.map(({ setting, description }) => ({ setting, description }));
  return [...limits, ...contract.checks.flatMap((check) => (check.check === "call-rate" ? rateSettings(check) : []))];
}

function rateSettings({
  setting,
  windowMs,
  windowSetting,
}: Check<FailureRow, string, "call-rate">): readonly { readonly setting: string; readonly description: string }[] {
  const seconds = windowMs / 1000;
  if (windowSetting === undefined) return [{ setting, description: `calls of one caller per ${seconds} s` }];
  return [
    { setting, description: "calls of one caller per window of time" },
    {
      setting: windowSetting,
      description: `length of the window for counting calls in seconds, ${seconds} by default`,
    },
  ];
}

/** Measures the number of elements of a list in the body; 0 for a body without the list. */
export function countIn(member: string): (body: JsonValue) => number {
  return (body) => {
    const list = isJsonObject(body) ? body[member] : undefined;
    return isJsonArray(list) ? list.length : 0;
  };
}

/** The number of records that a request of the contract writes; 0 for a contract that writes none. */
export function countRecordsOf({ limits, countRecords }: Contract, body: JsonValue): number {
  const measure = countRecords ?? limits.find(({ unit }) => unit === "records")?.measure;
  return measure?.(body) ?? 0;
}

/** The configured number, else that of the contract; undefined means no limit. */
export function effectiveLimit(limit: Limit, settings: NumberSettings): number | undefined {
  return settings[limit.setting] ?? limit.max;
}

/** The largest quantity of a part of a split write; undefined means no limit. */
export function partLimit(limit: Limit, settings: NumberSettings): number | undefined {
  return settings[limit.setting] ?? limit.partMax ?? limit.max;
}

/** The largest factor by which a contract's envelope enlarges the request that carried the records. */
const largestGrowth = 8;

interface SizeEvidence {
  readonly settings: NumberSettings;
  /** The size of the request that carried the records; undefined when not known. */
  readonly carrierBytes: number | undefined;
  /** Absent for a body that has yet to be built. */
  readonly body?: JsonValue;
}

/** Whether the body of a call may come near a limit of its size, so that its bytes must be counted. */
export function isNearSizeLimit(contract: Contract, { settings, carrierBytes, body }: SizeEvidence): boolean {
  const caps = contract.limits
    .filter((limit) => limit.measure === undefined)
    .map((limit) => effectiveLimit(limit, settings) ?? Infinity);
  const nearest = Math.min(...caps);
  if (nearest === Infinity) return false;
  if (carrierBytes !== undefined && carrierBytes * largestGrowth <= nearest) return false;
  return body === undefined || !isCertainlyWithin(body, nearest);
}

/** The largest size of a body that one of the contracts accepts, in bytes; undefined when all are unlimited. */
export function largestBodyBytes(contracts: readonly Contract[], settings: NumberSettings): number | undefined {
  const limits = contracts.flatMap((contract) =>
    contract.limits.filter(({ unit, measure }) => unit === "bytes" && measure === undefined),
  );
  const bytes = limits.map((limit) => effectiveLimit(limit, settings) ?? 0);
  return bytes.length === 0 ? undefined : Math.max(...bytes);
}

/**
 * The request's measure in the unit of the limit; undefined for a size that was not counted because it is far below the
 * limit.
 */
export function measureLimit(limit: Limit, { value, sizeBytes, measures }: MeasuredBody): number | undefined {
  return measures?.get(limit.name) ?? (limit.measure === undefined ? sizeBytes : limit.measure(value));
}

export function findExceeded(
  contract: Contract,
  name: string,
  { body, settings }: { readonly body: MeasuredBody; readonly settings: NumberSettings },
): ExceededLimit | undefined {
  const limit = findLimit(contract, name);
  const max = effectiveLimit(limit, settings);
  if (max === undefined) return undefined;
  const actual = measureLimit(limit, body);
  return actual === undefined || actual <= max ? undefined : { limit: max, actual, unit: limit.unit };
}
