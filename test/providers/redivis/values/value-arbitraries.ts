import fc from "fast-check";
import type { JsonValue } from "../../../../src/json/value.js";
import type { VariableType } from "../../../../src/providers/redivis/values/values.js";

const two = (number: number, isPadded: boolean): string => String(number).padStart(isPadded ? 2 : 1, "0");
const four = (year: number): string => String(year).padStart(4, "0");

const day = fc
  .record({
    date: fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true }),
    isPadded: fc.boolean(),
  })
  .map(({ date, isPadded }) => {
    const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    return {
      sent: `${four(year)}-${two(month, isPadded)}-${two(dayOfMonth, isPadded)}`,
      read: date.toISOString().slice(0, 10),
    };
  });

const time = fc
  .record({
    hours: fc.nat(23),
    minutes: fc.nat(59),
    seconds: fc.nat(59),
    fraction: fc.stringMatching(/^(?:\.\d{1,6})?$/),
    isPadded: fc.boolean(),
  })
  .map(({ hours, minutes, seconds, fraction, isPadded }) => {
    const write = (padded: boolean): string =>
      [hours, minutes, seconds].map((part) => two(part, padded)).join(":") + fraction;
    return { sent: write(isPadded), read: write(true) };
  });

const dateTime = fc
  .record({ day, time: fc.option(time, { nil: undefined }), between: fc.constantFrom(" ", "T") })
  .map(({ day, time, between }) => {
    return {
      sent: day.sent + (time === undefined ? "" : between + time.sent),
      read: `${day.read}T${time?.read ?? "00:00:00"}`,
    };
  });

const coordinate = fc.tuple(fc.integer(), fc.integer(), fc.nat(99)).map(([x, y, fraction]) => `${x} ${y}.${fraction}`);
const list = (item: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => `(${items.join(", ")})`);
const simple = fc.oneof(
  coordinate.map((pair) => `POINT(${pair})`),
  list(coordinate).map((line) => `LINESTRING${line}`),
  list(list(coordinate)).map((rings) => `POLYGON ${rings}`),
  list(
    fc.oneof(
      coordinate,
      coordinate.map((pair) => `(${pair})`),
    ),
  ).map((points) => `MULTIPOINT ${points}`),
  list(list(coordinate)).map((lines) => `MULTILINESTRING ${lines}`),
  list(list(list(coordinate))).map((polygons) => `MULTIPOLYGON ${polygons}`),
);
const geometry = fc.oneof(
  { weight: 5, arbitrary: simple },
  { weight: 1, arbitrary: list(simple).map((geometries) => `GEOMETRYCOLLECTION ${geometries}`) },
);

const storableText = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0") && text.isWellFormed());
const kept = <T extends JsonValue>(value: T) => ({ sent: value, read: value });
const integer = fc
  .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
  .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value));

/** Values that each type accepts, as sent and as read back. */
export const accepted: Readonly<
  Record<VariableType, fc.Arbitrary<{ readonly sent: JsonValue; readonly read: JsonValue }>>
> = {
  string: storableText.map(kept),
  integer: fc.oneof(integer, fc.integer()).map((value) => kept(Object.is(value, -0) ? 0 : value)),
  float: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => kept(value === 0 ? 0 : value)),
  boolean: fc.boolean().map(kept),
  date: day,
  dateTime,
  time,
  geography: geometry.map(kept),
};
