import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toPlainDecimal } from "../../src/json/number-text.js";
import { JsonSyntaxError, parseJson } from "../../src/json/parse.js";
import { stringifyAsSent, stringifyJson } from "../../src/json/stringify.js";
import { roundedIn } from "../../src/json/rounded.js";
import { judge, judgeMember, type Expected } from "./number-judge.js";
import { isJsonArray, isJsonObject, type JsonValue } from "../../src/json/value.js";

const digit = fc.integer({ min: 0, max: 9 }).map(String);
const digits = (most: number) => fc.string({ unit: digit, maxLength: most });
const run = fc
  .tuple(fc.constantFrom("0", "9"), fc.integer({ min: 0, max: 24 }))
  .map(([each, length]) => each.repeat(length));
/** Digits of a whole number, often followed by many zeros or nines. */
const significant = fc
  .tuple(digits(21), run, digits(4))
  .map((parts) => parts.join(""))
  .filter((all) => all !== "");

/** The digits with a point and an exponent anywhere, so that the value is often near a whole one. */
const token = fc
  .record({
    sign: fc.constantFrom("", "-"),
    all: significant,
    zeros: fc.integer({ min: 0, max: 30 }),
    place: fc.integer({ min: 0, max: 45 }),
    exponent: fc.oneof(
      fc.constant(""),
      fc.integer({ min: -40, max: 40 }).map(String),
      fc.integer({ min: -420, max: 320 }).map(String),
    ),
    e: fc.constantFrom("e", "E", "e+", "e0"),
  })
  .map(({ sign, all, zeros, place, exponent, e }) => {
    const leading = place === 0 ? "0".repeat(zeros) + all : all;
    const whole = leading.slice(0, place).replace(/^0+(?=\d)/, "") || "0";
    const fraction = leading.slice(place);
    const mark = exponent.startsWith("-") ? "e" : e;
    return sign + whole + (fraction === "" ? "" : `.${fraction}`) + (exponent === "" ? "" : mark + exponent);
  });

/** Doubles of every size, with digits behind the last one that they need. */
const nearDouble = fc
  .tuple(fc.double({ min: 0, max: 2 ** 65, noNaN: true }), fc.integer({ min: 0, max: 20 }), digits(3))
  .map(([double, places, more]) => double.toFixed(places) + (places === 0 ? "" : more));

const embeddings: readonly ((token: string) => string)[] = [
  (each) => `[${each}]`,
  (each) => `["e15", ${each} ]`,
  (each) => `{"a":{"b":${each},"c":"1.5"}}`,
  (each) => `{"a": \n${each} ,"c":[0.5]}`,
  (each) => `[0.5,\n${each}\t,{}]`,
];

function find(value: JsonValue): Expected | undefined {
  if (!isJsonArray(value) && !isJsonObject(value)) return undefined;
  const members: readonly (readonly [string | number, JsonValue])[] = isJsonArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  for (const [member, each] of members) {
    if (typeof each === "bigint" || (typeof each === "number" && each !== 0.5))
      return { value: each, isRounded: roundedIn(value)?.has(member) === true };
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

describe("a number", () => {
  it("is judged by its digits, however it is written and wherever it stands", () => {
    fc.assert(
      fc.property(
        fc.oneof({ weight: 4, arbitrary: token }, nearDouble),
        fc.constantFrom(...embeddings),
        (written, embed) => {
          if (!Number.isFinite(Number(written))) {
            expect(() => parseJson(embed(written))).toThrow(JsonSyntaxError);
          } else if (Number(written) !== 0.5) {
            const expected = embed("").startsWith("{") ? judgeMember(written) : judge(written);
            expect(find(parseJson(embed(written)))).toEqual(expected);
          }
        },
      ),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ["9007199254740993.0", 9007199254740993n],
    ["12345678901234567.0", 12345678901234567n],
    ["9.007199254740993e15", 9007199254740993n],
    ["-90071992547409930E-1", -9007199254740993n],
    ["123456789012345e4", 1234567890123450000n],
    ["0.0009007199254740993e+19", 9007199254740993n],
    ["922337205e10", 9223372050000000000n],
    ["1.8446744073709551615e19", 18446744073709551615n],
  ])("keeps every digit of the whole %s", (written, whole) => {
    expect(parseJson(written)).toBe(whole);
  });

  it.each(["9007199254740994.0", "1e16", "1.8446744073709552e19", "1e23", "1.2345678901234567e300", "-0.0", "5.0"])(
    "is the double of the float %s",
    (written) => {
      const list = parseJson(`[${written}]`);
      expect(list).toEqual([Number(written)]);
      expect(roundedIn(Object(list) as object)).toBeUndefined();
    },
  );

  it.each([
    "1.0000000000000000001",
    "1.0000000000000001",
    "9007199254740993.5",
    "0.99999999999999999999",
    "1e-400",
    "-17.000000000000001",
    "999999999999999.03",
    "1.7000000000000001e1",
    "1.8446744073709551617e19",
    "-123456789012345678901234567890.0",
  ])("is known for digits that its whole double does not have: %s", (written) => {
    const list = parseJson(`[1,${written}]`);
    expect(list).toEqual([1, Number(written)]);
    expect(roundedIn(Object(list) as object)).toEqual(new Map([[1, written]]));
  });

  it.each(["0.1000000000000000055511151231257827", "0.12345678901234567890", "-1.00000000000000001e-7", "3e-330"])(
    "is known as a member for digits of its fraction that its double does not have: %s",
    (written) => {
      const object = parseJson(`{"a":"x: 1","b": ${written},"c":[${written}]}`);
      expect(object).toEqual({ a: "x: 1", b: Number(written), c: [Number(written)] });
      expect(roundedIn(Object(object) as object)).toEqual(new Map([["b", written]]));
    },
  );

  it("counts as its double in a text over 256 KB, when it has no more digits than a double needs", () => {
    const readBeside = (length: number, written: string) => {
      const object = parseJson(`{"beside":"${"x".repeat(length)}","a":${written}}`);
      return roundedIn(Object(object) as object)?.get("a");
    };
    for (const ofDouble of ["0.12345678901234567", "-0.00010000000000000001", "1.0000000000000002e-7"]) {
      expect(readBeside(260_000, ofDouble)).toBe(Number(ofDouble).toString() === ofDouble ? undefined : ofDouble);
      expect(readBeside(264_000, ofDouble)).toBeUndefined();
    }
    for (const finer of ["0.123456789012345678", "1.0000000000000000001", "9007199254740993.5"])
      expect(readBeside(264_000, finer)).toBe(finer);
  });

  it("is judged where it stands last under a key that is repeated", () => {
    const object = parseJson('{"a":1.0000000000000000001,"a":2}');
    expect(object).toEqual({ a: 2 });
    expect(roundedIn(Object(object) as object)).toBeUndefined();
  });

  it("takes no time that grows with the square of its length", () => {
    const zeros = "0".repeat(1_000_000);
    expect(parseJson(`[1.${zeros}1${zeros},${"1".repeat(300)}.${zeros}]`)).toEqual([1, Number("1".repeat(300))]);
  });

  it.each([
    "01.0000000000000000001",
    "1.0000000000000000001.",
    "1.e16",
    "9007199254740993.0e",
    "1.0000000000000000001-1",
  ])("is none if JSON has none like %s", (written) => {
    expect(() => parseJson(`[${written}]`)).toThrow(JsonSyntaxError);
  });
});

describe("a float of 2^53 and more", () => {
  it("is written so that it is read back as the same float", () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** 53, max: 2 ** 70, noNaN: true }).map(Math.round), (double) => {
        for (const value of [double, -double]) expect(parseJson(stringifyJson([value]))).toEqual([value]);
      }),
    );
  });
});

describe("the plain decimal of a number", () => {
  it("has its value, in one form for equal numbers", () => {
    fc.assert(
      fc.property(token, (written) => {
        const [plain, double] = [toPlainDecimal(written), Number(written)];
        if (plain === undefined) {
          expect(double === 0 || Math.abs(double) === Infinity).toBe(true);
        } else {
          expect(plain).toMatch(/^(?:0|-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?)$/);
          expect(Number(plain) - double).toBe(0);
          expect(toPlainDecimal(`00${written.replace(/^-/, "")}`)).toBe(plain.replace("-", ""));
        }
      }),
    );
  });

  it.each([
    ["1e3", "1000"],
    ["-12.50e-3", "-0.0125"],
    ["123456789012345678e-1", "12345678901234567.8"],
    ["1.8446744073709551617e30", "1844674407370955161700000000000"],
    ["-0.0", "0"],
  ])("%s is %s", (written, plain) => {
    expect(toPlainDecimal(written)).toBe(plain);
  });

  it.each(["1e400", "1e-400", "-1e99999999999999999999", "0x10", "1.", "+1", ""])("%s has none", (written) => {
    expect(toPlainDecimal(written)).toBeUndefined();
  });
});

describe("what is handed on", () => {
  it("has the digits that were sent", () => {
    const sent = '{"a":[1,1.0000000000000000001,{"b":0.99999999999999999999}],"c":9007199254740993,"d":1e-400}';
    expect(stringifyAsSent(parseJson(sent))).toBe(sent);
    expect(stringifyJson(parseJson(sent))).toBe('{"a":[1,1,{"b":1}],"c":9007199254740993,"d":0}');
  });
});
