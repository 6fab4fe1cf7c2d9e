import { describe, expect, test } from "vitest";
import { parseFault, withFaults } from "../../../src/contract/server/faults.js";
import { TransportError, type ContractReply } from "../../../src/contract/message.js";
import { fillRequest, type LooseRequest } from "../loose-request.js";
import { routeToy, toyContract, toyRequest } from "../toy-contract.js";

describe("the fault header", () => {
  test.each([
    ["internal", { row: "internal", delayMs: 0 }],
    ["internal; delay=250", { row: "internal", delayMs: 250 }],
    ["internal ;delay = 5; drop=after", { row: "internal", delayMs: 5, drop: "after" }],
    ["drop=before", { delayMs: 0, drop: "before" }],
    ["; delay=1", { delayMs: 1 }],
    ["", { delayMs: 0 }],
  ])("%j means what it says", (text, fault) => {
    expect(parseFault(text)).toEqual(fault);
  });

  test.each(
    ["drop=never", "delay=x", "delay=-1", "delay=600001", "two; rows", "Internal"].map((text) => [
      text,
      text.split("; ").at(-1),
    ]),
  )("%j is refused for its part %j", (text, part) => {
    expect(parseFault(text)).toBe(part);
  });
});

describe("a call that is asked to go wrong", () => {
  const contract = toyContract();

  function play(fault: string | undefined, request: LooseRequest = {}) {
    let calls = 0;
    const answer = () => Promise.resolve({ body: { count: ++calls } });
    const transport = withFaults(routeToy({ contract, answer }), { contracts: [contract], ids: { uuid: () => "id" } });
    const reply: Promise<ContractReply> = transport(
      fillRequest(toyRequest, { ...request, fault }),
      AbortSignal.timeout(5000),
    );
    return { reply, calls: () => calls };
  }

  test.each(contract.failures)("answers the row $name and does nothing", async ({ name, status }) => {
    const { reply, calls } = play(name);
    expect((await reply).status).toBe(status);
    expect(JSON.stringify((await reply).body)).not.toMatch(/\{\w+\}/);
    expect(calls()).toBe(0);
  });

  test("answers late", async () => {
    const answered: string[] = [];
    const answers = ["delay=60", "delay=0"].map(async (fault) => {
      expect(await play(fault).reply).toMatchObject({ status: 200, body: { count: 1 } });
      answered.push(fault);
    });
    await Promise.all(answers);
    expect(answered).toEqual(["delay=0", "delay=60"]);
  });

  test.each([
    ["before", 0],
    ["after", 1],
  ])("loses its connection %s the service did its work", async (moment, done) => {
    const { reply, calls } = play(`internal; drop=${moment}`);
    await expect(reply).rejects.toThrow(TransportError);
    await expect(reply).rejects.toMatchObject({ sent: true });
    expect(calls()).toBe(done);
  });

  test("is told which rows there are when it names another", async () => {
    const { reply, calls } = play("no-such-row");
    expect(JSON.stringify((await reply).body)).toContain("has no failure row no-such-row; it has too-many, bad-value");
    expect(calls()).toBe(0);
  });

  test("goes right without a fault, and where no contract is", async () => {
    expect(await play(undefined).reply).toMatchObject({ status: 200 });
    expect(await play("internal", { path: "/nowhere" }).reply).toMatchObject({ status: 404 });
  });
});
