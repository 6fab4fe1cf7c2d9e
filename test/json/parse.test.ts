import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonSyntaxError, parseJson, parseJsonBytes } from "../../src/json/parse.js";
import { stringifyJson } from "../../src/json/stringify.js";
import { compactJsonBytes } from "../../src/json/size.js";
import type { JsonObject, JsonValue } from "../../src/json/value.js";
import { jsonOf, plain } from "./json-arbitraries.js";

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

function reads(parse: (text: string) => unknown, written: string): boolean {
  try {
    parse(written);
    return true;
  } catch {
    return false;
  }
}
