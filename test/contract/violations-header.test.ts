import fc from "fast-check";
import { expect, it } from "vitest";
import type { Violation } from "../../src/core/failure.js";
import { readViolations, writeViolations } from "../../src/contract/violations-header.js";

const violation = fc.record(
  {
    recordIndex: fc.nat(),
    field: fc.string({ unit: "binary" }),
    rule: fc.constant("max-length"),
    message: fc.string({ unit: "binary" }),
  },
  { requiredKeys: ["rule", "message"] },
);

it("carries what fits as printable ASCII and gives it back", () => {
  fc.assert(
    fc.property(fc.array(violation), (violations: readonly Violation[]) => {
      const header = writeViolations(violations);
      expect(header).toMatch(/^[ -~]*$/);
      expect(header.length).toBeLessThanOrEqual(4096);
      const read = readViolations(header) ?? [];
      expect(read).toEqual(violations.slice(0, read.length));
    }),
  );
});

it("carries the first 20", () => {
  const violations = Array.from({ length: 30 }, (_, recordIndex) => ({ recordIndex, rule: "type", message: "x" }));
  expect(readViolations(writeViolations(violations))).toEqual(violations.slice(0, 20));
});

it("stops before 4 KB, counting what an escape makes of a character", () => {
  const violations = Array.from({ length: 20 }, () => ({ rule: "type", message: "数".repeat(100) }));
  const header = writeViolations(violations);
  expect(header.length).toBeLessThanOrEqual(4096);
  expect(readViolations(header)).toHaveLength(6);
});

it.each([undefined, "", "x", "{}", '[{"rule":1}]', '[{"rule":"a","message":"b","recordIndex":-1}]'])(
  "takes %j for nothing of ours",
  (header) => {
    expect(readViolations(header)).toBeUndefined();
  },
);
