import { EventEmitter, once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { ExecuteWrite } from "../../src/contract/data-source.js";
import { exchange } from "./raw-http.js";
import { insertOf } from "./serve.js";
import { callToy, useServed } from "./use-served.js";

const open = useServed();
const query = "{ recordProviders { id } }";

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
