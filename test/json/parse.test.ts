import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonSyntaxError, parseJson, parseJsonBytes } from "../../src/json/parse.js";
import { stringifyJson } from "../../src/json/stringify.js";
import { isDeeperThan } from "../../src/json/depth.js";
import { compactJsonBytes } from "../../src/json/size.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../src/json/value.js";

const longInteger = fc
  .bigInt({ min: -(10n ** 40n), max: 10n ** 40n })
  .filter((integer) => integer > BigInt(Number.MAX_SAFE_INTEGER) || integer < -BigInt(Number.MAX_SAFE_INTEGER));
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom("1", "9", "0", "\\", '"', ":", "-", "e", ".", "\ud800", "😀") }),
);
/** Not -0, which is written as 0. */
const double = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0));
const largeFloat = fc.double({ min: 2 ** 53, max: 1e22, noNaN: true }).map(Math.round);

function jsonOf(leaf: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue> {
  return fc.letrec<{ node: JsonValue }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.array(tie("node"), { maxLength: 5 }),
      fc.dictionary(fc.oneof(text, fc.constant("__proto__")), tie("node"), { maxKeys: 5 }),
    ),
  })).node;
}

const plain = fc.oneof(
  text,
  double.filter((number) => !Number.isInteger(number) || Number.isSafeInteger(number)),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const anyJson = jsonOf(fc.oneof(plain, double, largeFloat, longInteger));

describe("what is written", () => {
  it("is read back as the same value, integers of any length included", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(parseJson(stringifyJson(value))).toEqual(withPrototypes(value));
      }),
    );
  });

  it("is what JSON.stringify writes where there is no long integer", () => {
    fc.assert(
      fc.property(jsonOf(plain), (value) => {
        expect(stringifyJson(value)).toBe(JSON.stringify(value));
      }),
    );
  });
});

describe("what is read", () => {
  it("is what JSON.parse reads, but for long integers", () => {
    fc.assert(
      fc.property(jsonOf(plain), fc.constantFrom("", ' {"at":"12345678901234567"}', "1e100"), (value, extra) => {
        const spelled = JSON.stringify([value, extra], undefined, 1);
        expect(stringifyJson(parseJson(spelled))).toBe(JSON.stringify(JSON.parse(spelled)));
      }),
    );
  });

  it("accepts exactly the texts that JSON.parse accepts, numbers out of range aside", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      " ",
      '"',
      '"a"',
      "12345678901234567",
      "-",
      "1",
      "0",
      ".5",
      "\\",
      "true",
      '"\\""',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const written = parts.join("");
        expect(reads(parseJson, written)).toBe(reads(JSON.parse, written));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(["9007199254740993", "-9007199254740993", "18446744073709551615", "1" + "0".repeat(300)])(
    "keeps every digit of %s",
    (digits) => {
      expect(parseJson(digits)).toBe(BigInt(digits));
      expect(parseJson(`{"a":[ ${digits}]}`)).toEqual({ a: [BigInt(digits)] });
    },
  );

  it.each([
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
    ["-9007199254740991", Number.MIN_SAFE_INTEGER],
    ["12345678901234568.0", 12345678901234568],
    ["1e20", 1e20],
    ["1.2345678901234567", 1.2345678901234567],
  ])("reads %s as a number", (literal, number) => {
    expect(parseJson(literal)).toBe(number);
  });

  it.each(["1e400", "-1e400", "[1E+9999]", `{"a":${"9".repeat(400)}}`, "123456789012345e300"])(
    "refuses %.20s, which no double can hold",
    (literal) => {
      expect(() => parseJson(literal)).toThrow(JsonSyntaxError);
    },
  );

  it("leaves texts that look like numbers alone", () => {
    const value = { a: "12345678901234567", b: 'say "12345678901234567"', c: "1e400", "12345678901234567": "\\" };
    expect(parseJson(stringifyJson([value, 9007199254740993n]))).toEqual([value, 9007199254740993n]);
  });

  it.each([1e20, -(2 ** 63), 2 ** 53, 1.5e17, 1e21, 0.1, 5e-324, -1e300])(
    "writes the float %s so that it is read back as one",
    (float) => {
      const values: readonly JsonValue[] = [float, [float], { a: [{ b: float }] }, { a: float, b: 2n ** 64n }];
      for (const value of values) expect(parseJson(stringifyJson(value))).toEqual(value);
    },
  );

  it("writes 100,000 levels", () => {
    const text = `${'[{"a":'.repeat(50_000)}12345678901234567${"}]".repeat(50_000)}`;
    let value: JsonValue = 12345678901234567n;
    for (let level = 0; level < 50_000; level += 1) value = [{ a: value }];
    expect(stringifyJson(value)).toBe(text);
    expect(compactJsonBytes(value)).toBe(text.length);
  });

  it("takes no number for a key", () => {
    expect(() => parseJson("{ 12345678901234567: 1}")).toThrow("is in the place of a key");
  });

  it("takes `__proto__` for a plain key", () => {
    for (const literal of ['{"__proto__":{"a":1}}', '{"__proto__":12345678901234567}']) {
      const value = parseJson(literal) as JsonObject;
      expect(Object.keys(value)).toEqual(["__proto__"]);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(stringifyJson(value)).toBe(literal);
    }
  });

  it.each([
    ["[", "]", 0],
    ['{"a":', "}", 0],
    ["[0,", "]", 0],
    ["[{},", ",[]]", 1],
    ['{"b":{},"a":', ',"c":[]}', 1],
  ])("nests 2,000 levels and not one more: %s %s", (open, close, inside) => {
    const nested = (levels: number, inner: string): string =>
      open.repeat(levels - inside) + inner + close.repeat(levels - inside);
    for (const inner of ["1", "12345678901234567", '"[[{{"']) {
      expect(() => parseJson(nested(2000, inner))).not.toThrow();
      expect(() => parseJson(nested(2001, inner))).toThrow(
        new JsonSyntaxError("the text nests deeper than 2000 levels"),
      );
    }
    expect(() => parseJson(`[${"{},".repeat(5000)}${nested(1999, "1")}]`)).not.toThrow();
    expect(() => parseJson(`[${"{},".repeat(5000)}${nested(2000, "1")}]`)).toThrow("deeper than 2000 levels");
  });

  it("says where the text as sent went wrong", () => {
    expect(() => parseJson('{"a":12345678901234567,"b":}')).toThrow("Unexpected token '}' in JSON at position 27");
  });

  it.each([
    '{"appKey":"k","appSecret":hunter2}',
    "hunter2",
    '{"a":hunter2}',
    `${"x".repeat(50)}hunter2`,
    '["hunter2",]',
    '{"hunter2":,"hunter2":,',
  ])("says nothing of what the text holds: %s", (wrong) => {
    expect(() => parseJson(wrong)).toThrow(JsonSyntaxError);
    expect(() => parseJson(wrong)).not.toThrow(/hunter|unter/);
  });

  it("refuses bytes that are not UTF-8", () => {
    expect(() => parseJsonBytes(Uint8Array.of(0x22, 0xff, 0x22))).toThrow("not valid UTF-8");
    expect(parseJsonBytes(Buffer.from('"ü"'))).toBe("ü");
  });
});

/** Dictionaries of fast-check may have no prototype. */
function withPrototypes(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(withPrototypes);
  return isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withPrototypes(member)]))
    : value;
}

function reads(parse: (text: string) => unknown, written: string): boolean {
  try {
    parse(written);
    return true;
  } catch {
    return false;
  }
}

describe("a value", () => {
  it("is deeper than so many levels or not, however little is known of how many containers it has", () => {
    fc.assert(
      fc.property(anyJson, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 20 }), (value, levels, more) => {
        expect(isDeeperThan(value, levels, containersOf(value) + more)).toBe(depthOf(value) > levels);
      }),
    );
  });
});

function membersOf(value: JsonValue): readonly JsonValue[] {
  if (isJsonArray(value)) return value;
  return isJsonObject(value) ? Object.values(value) : [];
}

function depthOf(value: JsonValue): number {
  return isJsonArray(value) || isJsonObject(value) ? 1 + Math.max(0, ...membersOf(value).map(depthOf)) : 0;
}

function containersOf(value: JsonValue): number {
  const own = isJsonArray(value) || isJsonObject(value) ? 1 : 0;
  return (
    own +
    membersOf(value)
      .map(containersOf)
      .reduce((sum, each) => sum + each, 0)
  );
}

describe("a text of brackets", () => {
  it.each(["[", '{"a":', "[1,"])("is refused for its nesting before it takes long: %s", (piece) => {
    expect(() => parseJson(piece.repeat(2_000_000))).toThrow("the text nests deeper than 2000 levels");
  });

  it("is read where the brackets are in strings, also behind escaped quotes", () => {
    for (const brackets of [5000, 1_200_000]) {
      const value = ['\\"'.repeat(3) + "[".repeat(brackets), { "[": "{" }];
      expect(parseJson(JSON.stringify(value))).toEqual(value);
    }
  });
});
