import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Patience } from "../../../src/http/load/slow-clients.js";
import { exchange } from "../raw-http.js";
import { useServed } from "../use-served.js";
import { block, headOf, jsonOf, sizeOf, slowFace } from "./slow-face.js";

const open = useServed();
const patience: Patience = {
  turnMs: 20,
  headTurns: 10,
  idleTurns: 10,
  transferTurns: 40,
  bytesPerTurn: 1000,
  keepAliveMs: 60_000,
};
/** Longer than every bound, for a client that stays silent. */
const longMs = 5000;
const graphqlHead =
  "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n";

const receiving = slowFace(async (receive) => sizeOf(await receive()));

/** Sends a character at a time until the server closes the connection. */
function dribble(url: string, head: string, rest: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    let received = "";
    let sent = 0;
    socket.write(head);
    const timer = setInterval(() => socket.write(rest.charAt(sent++)), patience.turnMs);
    socket.on("data", (chunk) => (received += chunk.toString()));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearInterval(timer);
      resolve(received);
    });
  });
}

describe("a client that is too slow is told so, and its connection closed", () => {
  it.each([
    ["it sends nothing", "", /its head has not arrived within 0\.2 s/],
    ["its head stops", "POST /graphql HTTP/1.1\r\nhost", /its head has not arrived within 0\.2 s/],
    ["its body stops", `${graphqlHead}{`, /no byte has arrived for 0\.2 s/],
    ["its body does not begin", graphqlHead, /no byte has arrived/],
  ])("%s", async (_why, text, expected) => {
    const { url } = await open({ patience });
    const answer = await exchange(url, [text], { silenceMs: longMs });
    expect(answer).toMatch(/^HTTP\/1\.1 408 [^]*connection: close/);
    expect(answer).toMatch(expected);
  });

  it("its body does not end, at any speed", async () => {
    const { url } = await open({
      patience,
      maxBodyBytes: 10_000,
      rest: slowFace(async (receive) => sizeOf(await receive()), 10_000),
    });
    const flood = new Promise<number>((resolve) => {
      const socket = connect(Number(new URL(url).port), "127.0.0.1");
      socket.write("POST /toy HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n");
      const timer = setInterval(() => socket.write(`1000\r\n${"x".repeat(0x1000)}\r\n`), 1);
      socket
        .on("error", () => undefined)
        .on("close", () => {
          clearInterval(timer);
          resolve(socket.bytesWritten);
        });
      socket.resume();
    });
    expect(await flood).toBeGreaterThan(20_000);
  });

  it("its head arrives a character at a time", async () => {
    const { url } = await open({ patience });
    expect(await dribble(url, "", `GET / HTTP/1.1\r\nx: ${"y".repeat(5000)}`)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it("its body arrives a character at a time", async () => {
    const { url } = await open({ patience });
    const head = graphqlHead.replace("100", "5000");
    expect(await dribble(url, head, " ".repeat(5000))).toMatch(/^HTTP\/1\.1 408 [^]*its body arrives too slowly/);
  });

  it("its next request stops, on a connection that was used before", async () => {
    const { url } = await open({ patience });
    const whole = "GET /health HTTP/1.1\r\nhost: x\r\n\r\n";
    const answer = await exchange(url, [whole, "GET /he"], { pauseMs: 200, silenceMs: longMs });
    expect(answer).toMatch(/^HTTP\/1\.1 200 [^]*HTTP\/1\.1 408 /);
  });

  it("in the words of the face that it calls", async () => {
    const { url } = await open({ patience, rest: receiving });
    expect(await exchange(url, [headOf(100)], { silenceMs: longMs })).toMatch(
      /^HTTP\/1\.1 400 [^]*toy: the request cannot be read: no byte has arrived/,
    );
  });

  it("without a second answer, when it was refused before its body", async () => {
    const { url } = await open({ patience, rest: slowFace(() => Promise.resolve("no")) });
    const answer = await exchange(url, [headOf(100)], { silenceMs: longMs });
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200"]);
  });
});

describe("a client that is not too slow is served", () => {
  it("though the process is busy for longer than every bound, before and within its request", async () => {
    const { url } = await open({ patience, rest: receiving });
    const busy = setInterval(() => block(1000), 1);
    const answer = exchange(url, [headOf(1000, "connection: close"), jsonOf(1000)], { pauseMs: 10, silenceMs: longMs });
    await wait(4000);
    clearInterval(busy);
    expect(await answer).toMatch(/value 1000$/);
  });

  it("though the server leaves its body unread for longer than every bound", async () => {
    const rest = slowFace(async (receive) => {
      await wait(patience.turnMs * 100);
      return sizeOf(await receive());
    });
    const { url } = await open({ patience, rest });
    const body = jsonOf(9_000_000);
    const answer = await exchange(url, [headOf(body.length, "connection: close"), body], { silenceMs: 20_000 });
    expect(answer).toMatch(/value 9000000$/);
  });

  it("though the server works on its request for longer than every bound", async () => {
    const rest = slowFace(async (receive) => {
      const size = sizeOf(await receive());
      await wait(patience.turnMs * 100);
      return size;
    });
    const { url } = await open({ patience, rest });
    const answer = await exchange(url, [headOf(10, "connection: close"), jsonOf(10)], { silenceMs: 20_000 });
    expect(answer).toMatch(/value 10$/);
  });

  it("though its next request arrives when the process is too busy to see that it is not idle", async () => {
    const { url } = await open({ patience: { ...patience, keepAliveMs: 300 } });
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    let answers = 0;
    socket.on("data", (chunk) => (answers += chunk.toString().split("HTTP/1.1 200").length - 1));
    const whole = "GET /health HTTP/1.1\r\nhost: x\r\n\r\n";
    socket.write(whole);
    await expect.poll(() => answers).toBe(1);
    socket.write(whole);
    block(3000);
    await expect.poll(() => answers).toBe(2);
    socket.destroy();
  });

  it("and may rest between two requests", async () => {
    const { url } = await open({ patience });
    const whole = "GET /health HTTP/1.1\r\nhost: x\r\n\r\n";
    const answer = await exchange(url, [whole, whole], { pauseMs: patience.turnMs * 50 });
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 200"]);
  });
});

it("a connection on which nothing was sent does not hold up the end of the program", async () => {
  const { url, close } = await open({ closeTimeoutMs: 60_000 });
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  await once(socket, "connect");
  await fetch(`${url}/health`);
  const closed = once(socket, "close");
  await close();
  await closed;
});
