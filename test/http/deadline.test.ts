import { describe, expect, it } from "vitest";
import { deadlineHeader } from "../../src/http/deadline.js";
import { callToy, useServed } from "./use-served.js";

const open = useServed();

describe("a deadline", () => {
  const insert = `mutation { insertRecords(input: { target: { shelf: { shelf: "books" } }, records: [{}] }) {
    __typename ... on WriteError { message retryable safeToResend outcome } } }`;

  it.each([
    [
      "has begun",
      "1000",
      {
        retryable: "ONLY_IF_IDEMPOTENT",
        safeToResend: false,
        outcome: "UNKNOWN",
        message: "shelf: the deadline passed before the reply arrived",
      },
    ],
    [
      "has not begun",
      "1",
      {
        retryable: "YES",
        safeToResend: true,
        outcome: "NOT_APPLIED",
        message: "shelf: the deadline passed before the call began",
      },
    ],
  ] as const)("answers for a write that %s", async (name, deadlineMs, answer) => {
    const insertRecords = callToy(({ begin }) => {
      if (name === "has begun") begin?.();
      return new Promise(() => undefined);
    });
    const { ask } = await open({ world: { dataSource: { insertRecords } } });
    expect((await ask({ query: insert }, { [deadlineHeader]: deadlineMs })).body).toEqual({
      data: { insertRecords: { __typename: "WriteTimeoutError", ...answer } },
    });
  });

  it("that is far away changes nothing", async () => {
    const { ask } = await open();
    expect((await ask({ query: insert }, { [deadlineHeader]: "600000" })).body).toEqual({
      data: { insertRecords: { __typename: "InsertRecordsSuccess" } },
    });
  });

  it.each(["", "0", "-1", "1.5", "1e3", "0x10", "600001", "9999999", "soon", "5, 6"])(
    "of %j is refused",
    async (deadline) => {
      const { ask, world } = await open();
      expect(await ask({ query: insert }, { [deadlineHeader]: deadline })).toMatchObject({
        status: 400,
        body: {
          errors: [
            {
              message: "recordgate-deadline-ms must be a whole number from 1 to 600000",
              extensions: { code: "BAD_REQUEST" },
            },
          ],
        },
      });
      expect(world.commands).toEqual([]);
    },
  );
});
