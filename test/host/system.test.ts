import { describe, expect, test } from "vitest";
import { randomIds } from "../../src/host/system.js";

const lengths = [0, 1, 7, 24, 301];

describe("fresh identifiers", () => {
  test("are version 4 UUIDs", () => {
    expect(randomIds.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test.each(lengths)("are %i lower-case hexadecimal digits", (length) => {
    expect(randomIds.hex(length)).toMatch(new RegExp(`^[0-9a-f]{${length}}$`));
  });

  test.each(lengths)("are %i digits and ASCII letters", (length) => {
    expect(randomIds.alphanumeric(length)).toMatch(new RegExp(`^[0-9A-Za-z]{${length}}$`));
  });

  test("use every digit and letter, and do not repeat", () => {
    expect(new Set(randomIds.alphanumeric(5000)).size).toBe(62);
    expect(new Set(randomIds.hex(1000)).size).toBe(16);
    const many = Array.from({ length: 1000 }, () => [
      randomIds.uuid(),
      randomIds.hex(24),
      randomIds.alphanumeric(24),
    ]).flat();
    expect(new Set(many).size).toBe(3000);
  });
});
