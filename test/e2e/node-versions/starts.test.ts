import { expect, test } from "vitest";
import { runProgram, startProgram } from "../program.js";
import { binaryOf, supportedNodes } from "./versions.js";

test.each(supportedNodes)("starts with %s and prints nothing except that it is ready", async (name) => {
  const program = await startProgram({ DATABASE_URL: "memory:" }, { node: binaryOf(name) });
  const health = await fetch(new URL("/health", program.url));
  expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
  expect(program.output[0]).toContain("is ready");
  expect(await program.stop("SIGTERM")).toBe(0);
});

test("an older Node gets one line that names the required version", async () => {
  expect(await runProgram({ DATABASE_URL: "memory:" }, { node: binaryOf("node18") })).toEqual({
    code: 1,
    output: "Recordgate needs Node.js 20.19 or newer; this is 18.20.8.",
  });
});
