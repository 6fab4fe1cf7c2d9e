import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { playRemote } from "../../scripts/demo/remote-scenes.js";
import { startRemoteServer } from "../../scripts/demo/remote-server.js";
import { playAll } from "../../scripts/demo/scenes.js";
import { findServer } from "../../scripts/demo/server.js";
import { programOf } from "../../scripts/run-program.mjs";
import type { Provider } from "../../src/contract/provider.js";
import * as registry from "../../src/providers/registry.js";
import { createTestApp, type TestApp } from "../../src/test-app.js";

const providers: readonly Provider[] = Object.values(registry);

async function runDemo(
  url: string,
  words: readonly string[] = [],
): Promise<{ readonly code: unknown; readonly output: string; readonly errors: string }> {
  const environment = { PATH: process.env["PATH"], RECORDGATE_URL: url };
  const child = spawn(process.execPath, [programOf("tsx"), "scripts/demo/main.ts", ...words], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<unknown[]>,
  ]);
  return { code, output, errors };
}

async function urlOf(app: TestApp): Promise<string> {
  return (await app.fetch("/graphql", { method: "OPTIONS" })).url;
}

describe("the demo", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ providers });
  });
  afterAll(() => app.close());

  it.each(["the first time", "when its records are there already"])(
    "ends with 0 and tells of every provider %s",
    async () => {
      const { code, output, errors } = await runDemo(await urlOf(app));
      expect({ code, errors }).toEqual({ code: 0, errors: "" });
      for (const { id, targets } of providers) {
        const lines = output.split("\n").filter((line) => line.startsWith(`✓  ${id} `));
        expect(lines, id).toHaveLength(Object.keys(targets).length + 2);
        expect(lines.at(-1), id).toMatch(/to an absent target +WriteNotFoundError .* no$/);
      }
      expect(output).not.toMatch(/✗|\u001b/);
      expect(output).toMatch(/(\d+) of \1 ended as documented/);
    },
  );

  it("ends with 1 and marks what came out otherwise", async () => {
    const harmless = providers.map((provider): Provider => ({
      ...provider,
      samples: provider.samples.map((sample) => ({
        ...sample,
        faulty: { record: sample.records[0] ?? {}, field: sample.faulty.field },
      })),
    }));
    const other = await createTestApp({ providers: harmless });
    const { code, output } = await runDemo(await urlOf(other));
    await other.close();
    expect(code).toBe(1);
    expect(output.match(/^✗/gm)).toHaveLength(providers.length);
  });

  it("ends with 1 where nobody answers", async () => {
    expect(await runDemo("http://127.0.0.1:9/graphql")).toEqual({
      code: 1,
      output: "",
      errors: "no Recordgate answers at http://127.0.0.1:9/graphql\n",
    });
  });

  it("sends nothing to a real service", async () => {
    const [first] = providers;
    if (first === undefined) throw new Error("there is no provider");
    let calls = 0;
    const fetch: typeof globalThis.fetch = () => {
      calls += 1;
      return Promise.reject(new Error("unreachable"));
    };
    const environment = { [`${first.id.toUpperCase()}_BASE_URL`]: "http://service.test" };
    const other = await createTestApp({ providers: [first], environment, fetch });
    const { code, output } = await runDemo(await urlOf(other));
    await other.close();
    expect([code, calls]).toEqual([1, 0]);
    expect(output).toContain(first.id);
  });

  it("brings a server of its own where none runs, and follows imports to their end", async () => {
    const server = await findServer({}, "http://127.0.0.1:9/graphql");
    const looks: number[] = [];
    const rows = await playAll(server.providers, {
      ask: server.ask,
      onProgress: (_provider, percent) => looks.push(percent),
    });
    await server.close();
    expect(rows.filter((row) => !row.asDocumented)).toEqual([]);
    if (providers.some((provider) => provider.imports)) expect(looks.at(-1)).toBe(100);
  });
});

describe("the demo of remote providers", () => {
  it("shows a write, a time-out and a refusal of every provider, and what is known of each", async () => {
    const { code, output, errors } = await runDemo("", ["--remote"]);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    for (const { id } of providers) {
      const lines = output.split("\n").filter((line) => line.startsWith(`✓  ${id} `));
      expect(lines, id).toEqual([
        expect.stringMatching(/ (\d stored +APPLIED|accepted +PENDING) +1 /),
        expect.stringMatching(/ WriteTimeoutError +UNKNOWN +1 +no$/),
        expect.stringMatching(/ to an absent target +WriteNotFoundError .*NOT_APPLIED +1 +no$/),
      ]);
    }
    expect(output).not.toMatch(/✗|\u001b/);
    expect(output).toMatch(/(\d+) of \1 ended as documented/);
  });

  it("marks what ends otherwise", async () => {
    const server = await startRemoteServer();
    const services = new Map([...server.services].map(([id, each]) => [id, { ...each, beSilent: () => undefined }]));
    const rows = await playRemote(server.providers.slice(0, 1), { ask: server.ask, services });
    await server.close();
    expect(rows.map(({ asDocumented }) => asDocumented)).toEqual([true, false, true]);
  });

  it("does not know another word", async () => {
    expect(await runDemo("", ["--remot"])).toMatchObject({
      code: 1,
      errors: expect.stringContaining("--remot") as unknown,
    });
  });
});
