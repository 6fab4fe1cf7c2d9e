import { wktToGeoJSON } from "@terraformer/wkt";
import type { JsonValue } from "../../../../src/json/value.js";
import type { VariableType } from "../../../../src/providers/redivis/values/values.js";

/** The rules, implemented by other means. */
export function isTakenBy(type: VariableType, value: JsonValue): boolean {
  if (type === "boolean") return typeof value === "boolean";
  if (type === "integer")
    return (
      typeof value === "number" && Number.isInteger(value) && BigInt(value) >= -(2n ** 63n) && BigInt(value) < 2n ** 63n
    );
  if (type === "float") return typeof value === "number";
  if (typeof value !== "string") return false;
  if (type === "string") return value.isWellFormed() && !value.includes("\0");
  if (type === "geography") return isGeometry(value);
  const [first = "", second, ...rest] = type === "dateTime" ? value.split(/[ T]/) : [value];
  if (type === "time") return isTime(first);
  return rest.length === 0 && isDay(first) && (second === undefined || isTime(second));
}

function isDay(text: string): boolean {
  const parts = text.split("-");
  if (parts.length !== 3 || parts.some((part) => !/^\d+$/.test(part))) return false;
  const [year = "", month = "", dayOfMonth = ""] = parts;
  if (year.length !== 4 || month.length > 2 || dayOfMonth.length > 2 || year === "0000") return false;
  const iso = `${year}-${month.padStart(2, "0")}-${dayOfMonth.padStart(2, "0")}`;
  const date = new Date(iso);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}

function isTime(text: string): boolean {
  const [whole = "", fraction, ...rest] = text.split(".");
  const parts = whole.split(":");
  const fits = parts.every((part, index) => /^\d{1,2}$/.test(part) && Number(part) < (index === 0 ? 24 : 60));
  return parts.length === 3 && fits && rest.length === 0 && (fraction === undefined || /^\d{1,6}$/.test(fraction));
}

/** Uses the package's own parser, which accepts adjacent numbers without a separator and distinguishes case. */
function isGeometry(text: string): boolean {
  if (/\d-/.test(text)) return false;
  try {
    return typeof wktToGeoJSON(text.toUpperCase()) === "object";
  } catch {
    return false;
  }
}
