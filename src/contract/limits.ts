import { isJsonArray, isJsonObject, type JsonValue } from "../json/value.js";
import type { ExceededLimit } from "../core/failure.js";
import type { Check } from "./check.js";
import { findLimit, type Contract, type Limit } from "./contract.js";
import type { FailureRow } from "./failures/failure-row.js";

/** What the contracts call MB. */
export const mebibyte = 1_048_576;

/** Numbers from the configuration, by the name of the setting. */
export type NumberSettings = Readonly<Record<string, number>>;

/** Names and meanings of the settings that a contract's limits and call rates can be changed by. */
export function limitSettings(contract: Contract): readonly { readonly setting: string; readonly description: string }[] {
  const limits = contract.limits.map(({ setting, description }) => ({ setting, description }));
  return [...limits, ...contract.checks.flatMap((check) => (check.check === "call-rate" ? rateSettings(check) : []))];
}

function rateSettings({ setting, windowMs, windowSetting }: Check<FailureRow, string, "call-rate">): readonly { readonly setting: string; readonly description: string }[] {
  const seconds = windowMs / 1000;
  if (windowSetting === undefined) return [{ setting, description: `calls of one caller per ${seconds} s` }];
  return [
    { setting, description: "calls of one caller in a window of time" },
    { setting: windowSetting, description: `seconds in which calls are counted, ${seconds} unless set` },
  ];
}

/** Measures how many elements a list of the body has: 0 for a body without the list. */
export function countIn(member: string): (body: JsonValue) => number {
  return (body) => {
    const list = isJsonObject(body) ? body[member] : undefined;
    return isJsonArray(list) ? list.length : 0;
  };
}

/** The number in force; undefined means no limit. */
export function effectiveLimit(limit: Limit, settings: NumberSettings): number | undefined {
  return settings[limit.setting] ?? limit.max;
}

/** The largest body that any of the contracts takes; undefined when none says. */
export function largestBodyBytes(contracts: readonly Contract[], settings: NumberSettings): number | undefined {
  const limits = contracts.flatMap((contract) => contract.limits.filter(({ unit, measure }) => unit === "bytes" && measure === undefined));
  const bytes = limits.map((limit) => effectiveLimit(limit, settings) ?? 0);
  return bytes.length === 0 ? undefined : Math.max(...bytes);
}

/** What the request has of the limited thing; undefined when its size was not counted, being far from the limit. */
export function measureLimit(limit: Limit, body: JsonValue, sizeBytes: number | undefined): number | undefined {
  return limit.measure === undefined ? sizeBytes : limit.measure(body);
}

export function findExceeded(
  contract: Contract,
  name: string,
  request: { readonly body: JsonValue; readonly sizeBytes: number | undefined; readonly settings: NumberSettings },
): ExceededLimit | undefined {
  const limit = findLimit(contract, name);
  const max = effectiveLimit(limit, request.settings);
  if (max === undefined) return undefined;
  const actual = measureLimit(limit, request.body, request.sizeBytes);
  return actual === undefined || actual <= max ? undefined : { limit: max, actual, unit: limit.unit };
}
