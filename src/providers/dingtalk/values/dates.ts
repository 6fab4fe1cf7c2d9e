import type { JsonValue } from "../../../json/value.js";

/** The range of a JavaScript date, in milliseconds around 1970. */
const farthestMs = 8.64e15;

const dateText = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?:(:\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * Converts a number of milliseconds, or a text in the form of ISO 8601 or `2023-12-20 03:00`, to milliseconds since
 * 1970. A text without a zone is Shanghai time.
 */
export function toTimestamp(value: JsonValue): number | undefined {
  if (typeof value === "number") return Number.isInteger(value) && Math.abs(value) <= farthestMs ? value : undefined;
  const [, day, time = "00:00", seconds = ":00", fraction = "", zone] =
    typeof value === "string" ? (dateText.exec(value) ?? []) : [];
  if (day === undefined) return undefined;
  const local = parseReal(`${day}T${time}${seconds}.${fraction.slice(0, 3).padEnd(3, "0")}Z`);
  if (local === undefined) return undefined;
  if (zone === undefined) return fromShanghai(local);
  const offset = offsetOf(zone);
  return offset === undefined ? undefined : local - offset;
}

/** Milliseconds of an existing day and time: the calendar gives the text back unchanged. */
function parseReal(text: string): number | undefined {
  const moment = Date.parse(text);
  return !Number.isNaN(moment) && new Date(moment).toISOString() === text ? moment : undefined;
}

const minuteMs = 60_000;

function offsetOf(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const [, sign, hours, minutes = "0"] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minuteMs;
}

const eightHoursMs = 480 * minuteMs;
/** Shanghai's offset has not changed since. */
const lastChange = Date.UTC(1992, 0, 1);

const shanghai = new Intl.DateTimeFormat("en-US", { timeZone: "Asia/Shanghai", timeZoneName: "longOffset" });

function fromShanghai(local: number): number {
  const usual = local - eightHoursMs;
  if (usual >= lastChange) return usual;
  return local - shanghaiOffset(local - shanghaiOffset(usual));
}

/** Milliseconds east of Greenwich: `GMT+09:00` in the summers of 1986 to 1991, `GMT+08:05:43` before 1901. */
function shanghaiOffset(moment: number): number {
  const name = shanghai.formatToParts(moment).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, hours, minutes, seconds = "0"] = /^GMT\+(\d\d):(\d\d)(?::(\d\d))?$/.exec(name) ?? [];
  return hours === undefined
    ? eightHoursMs
    : (Number(hours) * 60 + Number(minutes)) * minuteMs + Number(seconds) * 1000;
}
