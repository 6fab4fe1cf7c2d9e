import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { TransportError, type ContractReply, type Transport } from "../../src/contract/message.js";
import { exchange } from "./raw-http.js";
import { serve } from "./serve.js";

describe("a client of a REST face that goes away", () => {
  const done: ContractReply = { status: 200, headers: {}, body: {} };

  test.each([
    ["finished, where it has begun", true, "done, its statements too"],
    ["not begun, where it has not", false, "the caller disconnected before the call began"],
  ])("has what it asked %s", async (_name, begins, outcome) => {
    const seen: string[] = [];
    const transport: Transport = async ({ begin, scope }) => {
      if (begins) begin?.();
      await once(scope.left, "abort");
      try {
        if (!begins) begin?.();
        seen.push(scope.isOver ? "done" : "done, its statements too");
        return done;
      } catch (error) {
        seen.push(error instanceof TransportError ? error.message : "a defect");
        throw error;
      }
    };
    const answers = { answerUnreadable: () => done, answerOverload: () => done, answersPreflights: false };
    const face = { transport, ...answers, maxBodyBytes: 1000 };
    const served = await serve({
      rest: { mounts: [{ provider: "toy", path: "/toy", strip: "" }], faces: new Map([["toy", face]]), faults: false },
    });
    await exchange(served.url, ["POST /toy HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}"], { silenceMs: 100 });
    await expect.poll(() => seen).toEqual([outcome]);
    await served.close();
    expect(served.world.logged).toEqual([]);
  });
});
