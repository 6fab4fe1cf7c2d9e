import { EventEmitter, once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { createConnect } from "../../src/contract/client/client.js";
import type { ExecuteWrite } from "../../src/contract/data-source.js";
import type { Transport } from "../../src/contract/message.js";
import { ProviderFailure } from "../../src/core/failure.js";
import { deadlineHeader } from "../../src/http/deadline.js";
import { toyContract } from "../contract/toy-contract.js";
import { exchange, post } from "./raw-http.js";
import { insertOf, serve, type Served } from "./serve.js";

const opened: Served[] = [];
async function open(...options: Parameters<typeof serve>): Promise<Served> {
  const served = await serve(...options);
  opened.push(served);
  return served;
}
afterEach(() => Promise.all(opened.splice(0).map((served) => served.close())));

const query = "{ recordProviders { id } }";

/** A write through a contract, whatever moves its requests. */
function callToy(transport: Transport, stopping?: AbortSignal): ExecuteWrite {
  const insert = createConnect({ provider: "shelf", transport, settings: {}, stopping })(toyContract());
  return async ({ origin }, signal) => {
    const { reply } = await insert({ path: { table: "t" }, body: { rows: [1] }, origin }, signal);
    return { status: "stored", count: reply.count, skippedCount: 0, warnings: [] };
  };
}

describe("/graphql", () => {
  it("answers queries by GET only to clients that cannot be forged", async () => {
    const { url } = await open();
    const address = `${url}/graphql?query=${encodeURIComponent(query)}`;
    expect((await fetch(address)).status).toBe(400);
    const response = await fetch(address, { headers: { "apollo-require-preflight": "1" } });
    expect(await response.json()).toEqual({ data: { recordProviders: [{ id: "shelf" }] } });
    const mutation = `${url}/graphql?query=${encodeURIComponent('mutation { deleteCollection(id: "x") { __typename } }')}`;
    expect((await fetch(mutation, { headers: { "apollo-require-preflight": "1" } })).status).toBe(405);
    const deep = await fetch(`${url}/graphql?query=${encodeURIComponent("{a".repeat(1000))}`, {
      headers: { "apollo-require-preflight": "1" },
    });
    expect(await deep.json()).toMatchObject({ errors: [{ extensions: { code: "GRAPHQL_PARSE_FAILED" } }] });
  });

  it.each(["HEAD", "PUT", "PATCH", "DELETE"])("has no %s", async (method) => {
    const { url } = await open();
    const response = await fetch(`${url}/graphql`, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, POST");
  });

  it("tells OPTIONS what it takes", async () => {
    const { url } = await open();
    const response = await fetch(`${url}/graphql`, { method: "OPTIONS" });
    expect([response.status, response.headers.get("allow")]).toEqual([204, "GET, POST"]);
  });

  it.each([
    ["application/json", 200],
    ["*/*", 200],
    ["application/graphql-response+json", 400],
    ["application/graphql-response+json, application/json;q=0.9", 400],
  ])("answers an invalid operation to %s with %d", async (accept, status) => {
    const { ask } = await open();
    for (const text of [
      "{",
      "{ nothing }",
      "query A { __typename } query B { __typename }",
      "query ($id: ID!) { recordProvider(id: $id) { id } }",
    ]) {
      const answer = await ask({ query: text }, { accept });
      expect([answer.status, answer.headers.get("content-type")?.split(";")[0]]).toEqual([
        status,
        status === 200 ? "application/json" : "application/graphql-response+json",
      ]);
    }
  });

  it("answers integers beyond 2^53 - 1 as text", async () => {
    const { ask } = await open({
      world: {
        collections: [
          {
            id: "c",
            provider: "shelf",
            spaceId: "s",
            spaceName: "s",
            name: "n",
            definition: { max: 9223372036854775807n },
            version: 1,
            createdAt: new Date(0),
          },
        ],
      },
    });
    expect((await ask({ query: `{ recordCollection(id: "c") { definition } }` })).body).toEqual({
      data: { recordCollection: { definition: { max: "9223372036854775807" } } },
    });
  });

  it("masks a defect, with 200 and null where the answer would be", async () => {
    const { ask, world } = await open({ world: { broken: new Error("secret") } });
    const answer = await ask({ query: `{ recordCollection(id: "c") { id } }` });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        data: { recordCollection: null },
        errors: [{ message: "internal error", extensions: { code: "INTERNAL_SERVER_ERROR" } }],
      },
    });
    expect(world.logged).toHaveLength(1);
  });

  it("finishes a write whose client has gone", async () => {
    let finished = false;
    let aborted = false;
    const insertRecords = async (_command: unknown, signal: AbortSignal) => {
      await wait(300);
      finished = true;
      aborted = signal.aborted;
      return { status: "stored", count: 1, skippedCount: 0, warnings: [] } as const;
    };
    const { url } = await open({ world: { dataSource: { insertRecords } } });
    await exchange(url, [post(insertOf("[{}]"))], { silenceMs: 100 });
    expect(finished).toBe(false);
    await expect.poll(() => finished).toBe(true);
    expect(aborted).toBe(false);
  });

  it("does not begin a write whose client has gone", async () => {
    const outcomes: string[] = [];
    /** Answers when the client has gone, which the second write then has not begun. */
    const write = callToy(async ({ begin }) => {
      begin?.();
      await gone;
      return { status: 200, headers: {}, body: { count: 1 } };
    });
    let gone: Promise<unknown> | undefined;
    const insertRecords: ExecuteWrite = async (command, signal) => {
      gone ??= once(command.origin?.left ?? signal, "abort");
      try {
        return await write(command, signal);
      } catch (error) {
        outcomes.push(error instanceof ProviderFailure ? error.details.message : "a defect");
        throw error;
      } finally {
        outcomes.push("done");
      }
    };
    const { url } = await open({ world: { dataSource: { insertRecords } } });
    const field = `insertRecords(input: { target: { shelf: { shelf: "books" } }, records: [{}] }) { __typename }`;
    await exchange(url, [post(JSON.stringify({ query: `mutation { one: ${field} two: ${field} }` }))], {
      silenceMs: 100,
    });
    await expect.poll(() => outcomes).toEqual(["done", "shelf: the caller went away before the call began", "done"]);
  });

  it("takes no part of a body whose client has gone", async () => {
    const { url, world, ask } = await open();
    await exchange(url, [post(insertOf("[{}]"), { "content-length": "100000" })], { silenceMs: 50 });
    await wait(50);
    expect(world.commands).toEqual([]);
    expect((await ask({ query })).status).toBe(200);
  });
});

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

describe("the server", () => {
  it("names the path where nothing is", async () => {
    const { url } = await open();
    const response = await fetch(`${url}/nothing/here?token=secret`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      errors: [{ message: "nothing is served at GET /nothing/here", extensions: { code: "NOT_FOUND" } }],
    });
  });

  it("is healthy while the database answers", async () => {
    const answers: (() => Promise<boolean>)[] = [
      () => Promise.resolve(true),
      () => Promise.resolve(false),
      () => Promise.reject(new Error("secret")),
    ];
    let asked = 0;
    const { url } = await open({ isReady: () => answers[asked++]?.() ?? Promise.resolve(false) });
    const first = await fetch(`${url}/health`);
    expect([first.status, await first.json()]).toEqual([200, { status: "ok" }]);
    for (let again = 0; again < 2; again++) {
      const response = await fetch(`${url}/health`);
      expect(response.status).toBe(503);
      expect(await response.json()).toEqual({
        errors: [{ message: "the database does not answer", extensions: { code: "SERVICE_UNAVAILABLE" } }],
      });
    }
  });

  it("finishes what is in flight before it closes, and takes nothing more", async () => {
    const begun = new EventEmitter();
    const begins = once(begun, "insert");
    const insertRecords = async () => {
      begun.emit("insert");
      await wait(200);
      return { status: "stored", count: 1, skippedCount: 0, warnings: [] } as const;
    };
    const { ask, close, url } = await open({ world: { dataSource: { insertRecords } } });
    const inFlight = ask(insertOf("[{}]"));
    await begins;
    await close();
    expect(await inFlight).toMatchObject({ status: 200, body: { data: { insertRecords: { insertedCount: 1 } } } });
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it("does not wait for ever", async () => {
    const begun = new EventEmitter();
    const begins = once(begun, "insert");
    const insertRecords: ExecuteWrite = () => new Promise(() => void begun.emit("insert"));
    const { ask, close } = await open({ closeTimeoutMs: 100, world: { dataSource: { insertRecords } } });
    const inFlight = ask(insertOf("[{}]")).catch(() => "cut");
    await begins;
    await close();
    expect(await inFlight).toBe("cut");
  });

  it("answers what it can no longer wait for before it cuts connections", async () => {
    const stopping = new AbortController();
    const begun = new EventEmitter();
    const begins = once(begun, "insert");
    const insertRecords = callToy(({ begin }) => {
      begin?.();
      begun.emit("insert");
      return new Promise(() => undefined);
    }, stopping.signal);
    const { ask, close } = await open({
      closeTimeoutMs: 50,
      giveUp: () => stopping.abort(),
      world: { dataSource: { insertRecords } },
    });
    const inFlight = ask({
      query: `mutation { insertRecords(input: { target: { shelf: { shelf: "books" } }, records: [{}] }) { __typename ... on WriteError { outcome } } }`,
    });
    await begins;
    await close();
    expect((await inFlight).body).toEqual({
      data: { insertRecords: { __typename: "WriteUnavailableError", outcome: "UNKNOWN" } },
    });
  });

  it("survives noise", async () => {
    const { url, ask } = await open();
    for (const noise of [
      "\0\0\0\0",
      "GET\r\n\r\n",
      `GET / HTTP/1.1\r\nx: ${"y".repeat(100_000)}\r\n\r\n`,
      "GET /%zz HTTP/1.1\r\nhost: x\r\n\r\n",
      "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
    ]) {
      expect(await exchange(url, [noise], { silenceMs: 200 })).toMatch(/^(HTTP\/1.1 4\d\d |$)/);
    }
    expect((await ask({ query })).status).toBe(200);
  });
});
