import { EventEmitter, once } from "node:events";
import { describe, expect, it } from "vitest";
import { exchange } from "../raw-http.js";
import { insertOf } from "../serve.js";
import { useServed } from "../use-served.js";
import { block, headOf, jsonOf, sizeOf, slowFace } from "./slow-face.js";

const open = useServed();
const post = (url: string, bytes: number): Promise<Response> =>
  fetch(`${url}/toy`, { method: "POST", body: jsonOf(bytes) });

/** A face whose requests wait until they are let go. */
function waitingFace() {
  const gate = new EventEmitter();
  const rest = slowFace(async (receive) => {
    const size = sizeOf(await receive());
    gate.emit("arrived");
    await once(gate, "go");
    return size;
  });
  return { gate, rest };
}

describe("concurrent large bodies", () => {
  it("are all answered, though each keeps the process busy for longer than a client may be silent", async () => {
    const rest = slowFace(async (receive) => {
      const size = sizeOf(await receive());
      block(300);
      return size;
    });
    const patience = {
      turnMs: 20,
      headTurns: 5,
      idleTurns: 5,
      transferTurns: 40,
      bytesPerTurn: 100_000,
      keepAliveMs: 60_000,
    };
    const { url } = await open({ rest, patience, maxBodyBytesInFlight: 100_000_000 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(url, 8_000_000)));
    expect(await Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`))).toEqual(
      Array.from({ length: 10 }, () => "200 value 8000000"),
    );
  });

  it("are refused over the budget, the newest first, and served again when there is room", async () => {
    const { gate, rest } = waitingFace();
    const { url } = await open({ rest, maxBodyBytesInFlight: 6_000_000 });
    const arrived = once(gate, "arrived");
    const first = post(url, 4_000_000);
    await arrived;
    const refused = await post(url, 4_000_000);
    expect([refused.status, refused.headers.get("retry-after"), await refused.text()]).toEqual([503, "1", "toy: busy"]);
    const small = once(gate, "arrived");
    const second = post(url, 1_000_000);
    await small;
    gate.emit("go");
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
    const again = once(gate, "arrived");
    const third = post(url, 6_000_000);
    await again;
    gate.emit("go");
    expect(await (await third).text()).toBe("value 6000000");
  });

  it("count as they arrive: an announced length takes no room", async () => {
    const { url } = await open({
      rest: slowFace(async (receive) => sizeOf(await receive())),
      maxBodyBytesInFlight: 10_000,
    });
    const announced = exchange(url, [headOf(9_000), "x"], { silenceMs: 2000 });
    expect((await post(url, 9_000)).status).toBe(200);
    await announced;
  });

  it("are refused on /graphql as a GraphQL error, and the connection goes on", async () => {
    const { url, ask } = await open({ maxBodyBytesInFlight: 2000 });
    const answer = await ask(insertOf(`[{"title":"${"x".repeat(100_000)}"}]`));
    expect([answer.status, answer.headers.get("retry-after"), answer.body]).toEqual([
      503,
      "1",
      {
        errors: [
          { message: "the server has too many requests in flight", extensions: { code: "SERVICE_UNAVAILABLE" } },
        ],
      },
    ]);
    const body = `{"query":"{ __typename }"}`;
    const request = (text: string): string =>
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`;
    const answers = await exchange(url, [request(body.padEnd(100_000)), request(body)], { pauseMs: 20 });
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 503", "HTTP/1.1 200"]);
  });
});

describe("requests in flight", () => {
  it("are bounded: one more is told to come back, /health is not", async () => {
    const { gate, rest } = waitingFace();
    const { url, ask } = await open({ rest, maxRequestsInFlight: 2 });
    const inFlight = [];
    for (let sent = 0; sent < 2; sent++) {
      const arrived = once(gate, "arrived");
      inFlight.push(post(url, 10));
      await arrived;
    }
    const face = await post(url, 10);
    expect([face.status, face.headers.get("retry-after"), await face.text()]).toEqual([503, "1", "toy: busy"]);
    const graphql = await ask({ query: "{ __typename }" });
    expect([graphql.status, graphql.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(graphql.body).toMatchObject({ errors: [{ extensions: { code: "SERVICE_UNAVAILABLE" } }] });
    expect((await fetch(`${url}/health`)).status).toBe(200);
    gate.emit("go");
    expect((await Promise.all(inFlight)).map(({ status }) => status)).toEqual([200, 200]);
    await expect.poll(async () => (await ask({ query: "{ __typename }" })).status).toBe(200);
  });
});

describe("the size of a body", () => {
  it("is bounded by its route: unknown paths read none, other routes of the program next to none", async () => {
    const { url } = await open();
    const send = async (method: string, path: string) => {
      const head = `${method} ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 500000\r\n\r\n`;
      return (await exchange(url, [head], { silenceMs: 300 })).slice(0, 12);
    };
    expect(await send("POST", "/nowhere")).toBe("HTTP/1.1 404");
    expect(await send("PUT", "/graphql")).toBe("HTTP/1.1 413");
    // Waits for the body.
    expect(await send("POST", "/graphql")).toBe("");
  });
});
