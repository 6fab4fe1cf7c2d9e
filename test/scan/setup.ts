import { afterAll, afterEach } from "vitest";
import { needles, takeFindings } from "./scan.js";

/** Fails a test whose program logged or answered what it must not: see `takeFindings`. */
function expectNothing(): void {
  const findings = takeFindings();
  if (findings.length > 0) throw new Error(`${findings.length} leaks:\n${findings.join("\n")}`);
}

afterEach(expectNothing);
afterAll(() => {
  expectNothing();
  needles.clear();
});
