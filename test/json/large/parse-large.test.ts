import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJsonInSlices, parseSlices } from "../../../src/json/large/parse-large.js";
import { JsonSyntaxError, parseJsonBytes, parsePartOfLarge } from "../../../src/json/parse.js";
import { stringifyAsSent, stringifyJson } from "../../../src/json/stringify.js";
import type { JsonValue } from "../../../src/json/value.js";
import { anyJson } from "../json-arbitraries.js";
import { countTurns } from "../../turns.js";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The value as it was sent, rounded numbers included; the class of the error for a text that is not JSON. */
async function outcomeOf(parse: () => Promise<JsonValue> | JsonValue): Promise<string> {
  try {
    return stringifyAsSent(await parse());
  } catch (error) {
    if (error instanceof JsonSyntaxError) return "not JSON";
    throw error;
  }
}

/** In one piece, by the rules of a large text. */
function parseWhole(bytes: Uint8Array): JsonValue {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new JsonSyntaxError("not UTF-8");
  }
  return parsePartOfLarge(text);
}

async function expectSame(bytes: Uint8Array, sliceBytes: number): Promise<void> {
  const expected = await outcomeOf(() => parseWhole(bytes));
  expect(await outcomeOf(() => parseSlices(bytes, sliceBytes))).toBe(expected);
}

/** Also numbers whose doubles have other digits. */
const written = fc.oneof(
  anyJson.map(stringifyJson),
  fc.constantFrom("9007199254740993.0", "0.1234567890123456789", "1.00000000000000000001", "1e400", "-0"),
);
const nested = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { depthSize: "small" },
    written,
    fc.array(tie("text"), { maxLength: 6 }).map((elements) => `[ ${elements.join(" ,\n")}]`),
    fc
      .array(fc.tuple(fc.constantFrom("a", "b", "__proto__", "é"), tie("text")), { maxLength: 4 })
      .map((members) => `{${members.map(([name, value]) => `"${name}": ${value}`).join(",")}}`),
  ),
})).text;
const sliceSize = fc.integer({ min: 1, max: 40 });

describe("slices of a text", () => {
  test("give the value of the whole text", async () => {
    await fc.assert(
      fc.asyncProperty(nested, sliceSize, (text, size) => expectSame(bytesOf(text), size)),
      {
        numRuns: 500,
      },
    );
  });

  test("refuse the texts that the whole refuses", async () => {
    const piece = fc.constantFrom(
      "[",
      "]",
      "{",
      "}",
      ",",
      '"',
      ":",
      "\\",
      " ",
      "1",
      '"a":',
      "[1,2]",
      "\u{feff}",
      "null",
    );
    const damaged = fc.tuple(nested, fc.nat(), piece, fc.boolean()).map(([text, at, put, replaces]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + put + text.slice(place + (replaces ? 1 : 0));
    });
    await fc.assert(
      fc.asyncProperty(damaged, sliceSize, (text, size) => expectSame(bytesOf(text), size)),
      {
        numRuns: 1000,
      },
    );
    const pieces = fc.array(piece, { maxLength: 14 }).map((texts) => texts.join(""));
    await fc.assert(
      fc.asyncProperty(pieces, sliceSize, (text, size) => expectSame(bytesOf(text), size)),
      {
        numRuns: 1000,
      },
    );
  });

  test("refuse bytes that are not UTF-8 wherever they are", async () => {
    const bytes = bytesOf('{"rows":[{"a":"ée"},{"a":"ée"},{"a":"ée"}],"é":1}');
    for (const [index] of bytes.entries()) {
      for (const byte of [0xff, 0xc3, 0xa9, 0x80]) await expectSame(bytes.with(index, byte), 8);
    }
  });

  test.each([
    ["a repeated key", '{"a":[1,2,3,4],"a":[5,6,7],"b":[[1,2],[3,4]],"b":[8,9]}'],
    ["__proto__", '{"__proto__":[{"__proto__":[1,2,3]},{"__proto__":{"a":[4,5,6]}}]}'],
    ["a byte order mark", "\u{feff}[1,2,3]"],
    ["two byte order marks", "\u{feff}\u{feff}[1,2,3]"],
    ["a byte order mark behind a comma", "[1,\u{feff}2,3]"],
    ["space in the place of an element", "[1,           ,3]"],
    ["a missing element", "[1,,3]"],
    ["a list without an end", "[[1,2,3],[4,5"],
    [
      "rounded numbers in a list",
      "[1.00000000000000000001,2,9007199254740993,3.0000000000000000001,[4,5,6.00000000000000000001]]",
    ],
    ["escaped quotes", String.raw`["\\","\"],[","\\\"",1,2]`],
    ["an escape at the end", '["a","\\'],
  ])("agree about %s", async (_case, text) => {
    for (let size = 1; size < 20; size += 1) await expectSame(bytesOf(text), size);
  });

  test("agree about the deepest nesting", async () => {
    for (const levels of [1999, 2000, 2001]) {
      const text = `[1,2,${"[".repeat(levels - 1)}3,4,5${"]".repeat(levels - 1)},6]`;
      await expectSame(bytesOf(text), 2);
    }
  });

  test("take turns of the event loop, so many as there are slices", async () => {
    const bytes = bytesOf(JSON.stringify({ rows: Array.from({ length: 1000 }, (_, index) => ({ index })) }));
    const { turns } = await countTurns(() => parseSlices(bytes, 1000));
    expect(turns).toBeGreaterThan(bytes.length / 1100);
  });
});

describe("a large text", () => {
  const rows = Array.from({ length: 40_000 }, (_, index) => ({ index, text: `row ${index} é`, score: index / 8 }));
  const text = JSON.stringify({ query: "{ }", variables: { input: { records: rows } } });

  test("is read in slices", async () => {
    const { value, turns } = await countTurns(() => Promise.resolve(parseJsonInSlices(bytesOf(text))));
    expect(value).toEqual(JSON.parse(text));
    expect(turns).toBeGreaterThan(5);
  });

  test.each([
    ["a missing comma", text.replace("39999", "39999 39999")],
    ["a missing end", text.slice(0, -3)],
    ["a number out of range", text.replace("39999", "1e400")],
  ])("has the message of the whole for %s", async (_case, wrong) => {
    const bytes = bytesOf(wrong);
    let message: unknown;
    try {
      parseJsonBytes(bytes);
    } catch (error) {
      message = error instanceof Error ? error.message : error;
    }
    expect(message).toEqual(expect.any(String));
    await expect(parseJsonInSlices(bytes)).rejects.toThrow(new JsonSyntaxError(String(message)));
  });
});
