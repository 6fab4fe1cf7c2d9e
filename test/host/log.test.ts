import { describe, expect, test } from "vitest";
import type { Config } from "../../src/host/settings/config.js";
import type { Log } from "../../src/core/log.js";
import { createLog } from "../../src/host/log.js";

function createWorld(level: Config["LOG_LEVEL"] = "info"): { readonly log: Log; readonly lines: readonly string[] } {
  const lines: string[] = [];
  return { lines, log: createLog(level, { write: (line) => void lines.push(line) }) };
}

describe("the log", () => {
  test("writes one JSON value a line, from its level upwards", () => {
    const { log, lines } = createWorld("warn");
    log.info({}, "not this");
    log.warn({ taskId: "t1" }, "this\none");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ taskId: "t1", msg: "this\none" }]);
    expect(lines.join("")).toMatch(/^[^\n]+\n$/);
  });

  test("omits every property of an error except name, message, code and stack", () => {
    const { log, lines } = createWorld();
    const error = Object.assign(new TypeError("the write failed"), {
      code: "P2002",
      meta: { values: ["hunter2"] },
      details: { records: [{ title: "hunter2" }] },
      errors: [new Error("hunter2")],
      cause: Object.assign(new Error("the connection was lost", { cause: "reset" }), {
        code: "08006",
        parameters: ["hunter2"],
      }),
    });
    log.error({ error }, "failed");
    expect(JSON.parse(lines.join(""))).toMatchObject({
      error: {
        name: "TypeError",
        message: "the write failed",
        code: "P2002",
        stack: expect.stringContaining("log.test") as string,
        cause: { name: "Error", message: "the connection was lost", code: "08006", cause: "reset" },
      },
    });
    expect(lines.join("")).not.toContain("hunter2");
  });

  test("stops at a cycle of causes, and accepts a value that is not an error", () => {
    const { log, lines } = createWorld();
    const error = new Error("round");
    error.cause = error;
    log.error({ error }, "failed");
    log.error({ error: "a text" }, "failed");
    expect(lines.map((line) => (JSON.parse(line) as { readonly error: unknown }).error)).toMatchObject([
      { message: "round" },
      "a text",
    ]);
  });
});
