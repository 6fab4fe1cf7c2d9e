import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FolderError } from "../../../src/persistence/pglite/folder-error.js";
import { type FolderLockOptions, lockFolder } from "../../../src/persistence/pglite/lock/folder-lock.js";
import { type Child, kill, startChild } from "./child-process.js";

let folder: string;
const children: Child[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "recordgate-lock-"));
});
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  await rm(folder, { recursive: true, force: true });
});

/** The usual times are 60 s and 5 s. */
const fast = { silenceMs: 1500, beatMs: 50 };

describe("the lock of a folder", () => {
  it("keeps a second process out, with a message that names the remedy", async () => {
    const child = await tryInChild();
    expect(child.answer).toBe("held");
    const refused = await refusal();
    expect(refused.message).toContain(`in use by process ${child.process.pid}`);
    expect(refused.message).toContain("another folder");
  });

  it("keeps this process from opening the folder twice", async () => {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toBeInstanceOf(FolderError);
    await lock.release();
    await takeAndRelease();
  });

  it("is taken over at once from a process that was killed", async () => {
    await kill(await tryInChild());
    await takeAndRelease({ silenceMs: 1e9 });
    expect(await readdir(folder)).toEqual(["lock.2"]);
  });

  it("holds for a process that is stopped, and that other processes cannot signal", async () => {
    const child = await tryInChild(fast);
    child.process.kill("SIGSTOP");
    await setTimeout(3 * fast.silenceMs);
    expect((await refusal(fast)).message).toContain("is in use by");
    // A pid says nothing: each container counts its own.
    await changeHolder((holder) => ({ ...holder, pid: process.pid }));
    expect((await refusal(fast)).message).toContain("is in use by");
    child.process.kill("SIGCONT");
  });

  it("works at the end of a path that is longer than the address of a socket", async () => {
    folder = join(folder, ...Array.from({ length: 6 }, (_, index) => `${index}`.repeat(40)));
    const child = await tryInChild();
    expect(child.answer).toBe("held");
    expect((await refusal()).message).toContain("is in use by");
    expect((await readdir(folder)).filter((name) => name.endsWith(".sock"))).toHaveLength(1);
    await kill(child);
    await takeAndRelease({ silenceMs: 1e9 });
  });

  it("is not taken over while it is being written, but when it was left half-written", async () => {
    await kill(await tryInChild());
    const holder = await readFile(join(folder, "lock.1"), "utf8");
    await writeFile(join(folder, "lock.1"), "");
    const waiting = refusal(fast);
    await writeFile(join(folder, "lock.1"), holder.replace(/"socket":"[^"]*"/, `"socket":"none"`));
    const beating = setInterval(() => void utimes(join(folder, "lock.1"), new Date(), new Date()), 20);
    expect((await waiting).message).toContain("is in use by");
    clearInterval(beating);
    await writeFile(join(folder, "lock.1"), "");
    await utimes(join(folder, "lock.1"), new Date(0), new Date(0));
    await takeAndRelease();
  });

  it.each([
    ["is a folder", async (path: string) => mkdir(path)],
    ["was written by another version", async (path: string) => writeFile(path, JSON.stringify({ version: 2 }))],
    ["is not JSON", async (path: string) => writeFile(path, "4711")],
  ])("is not taken over when its file cannot be read: it %s", async (_state, create) => {
    await create(join(folder, "lock.5"));
    expect((await refusal()).message).toContain(join(folder, "lock.5"));
    expect(await readdir(folder)).toEqual(["lock.5"]);
  });

  it("goes to one of several that find it stale at the same time", async () => {
    await kill(await tryInChild());
    const startAt = Date.now() + 3000;
    const answers = await Promise.all(Array.from({ length: 6 }, async () => (await tryInChild({}, startAt)).answer));
    expect(answers.toSorted()).toEqual(["held", ...Array.from({ length: 5 }, () => "refused")]);
  });

  it("goes to one of many within one process", async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
    const held = attempts.flatMap((attempt) => (attempt.status === "fulfilled" ? [attempt.value] : []));
    expect(held).toHaveLength(1);
    await held[0]?.release();
  });
});

describe.each<readonly [string, Partial<FolderLockOptions>]>([
  ["of another kernel", { kernel: "another boot" }],
  ["without a socket", { sockets: false }],
])("the lock of a holder %s", (_name, options) => {
  it("holds while the holder gives signs of life", async () => {
    await tryInChild({ ...fast, ...options });
    const waits: number[] = [];
    const refused = await refusal({ ...fast, onWait: (waitMs) => waits.push(waitMs) });
    expect(refused.message).toContain("is in use by");
    expect(waits).toHaveLength(1);
  });

  it("is taken over after silence only, and a holder that wakes up after it writes nothing more", async () => {
    const child = await tryInChild({ ...fast, ...options });
    child.process.kill("SIGSTOP");
    await changeHolder((holder) => ({ ...holder, host: `not ${hostname()}` }));
    const startedAt = performance.now();
    const lock = await lockFolder(folder, fast);
    expect(performance.now() - startedAt).toBeGreaterThan(fast.silenceMs * 0.9);
    expect(lock.isLost()).toBe(false);
    const told = new Promise((resolve) => child.process.stdout?.once("data", resolve));
    child.process.kill("SIGCONT");
    expect(String(await told)).toBe("lost\n");
    await lock.release();
  });

  it("is taken over at once when it was left long ago on this host, whatever the clock said", async () => {
    await kill(await tryInChild({ ...fast, ...options }));
    await utimes(join(folder, "lock.1"), new Date(0), new Date(0));
    await takeAndRelease({ ...fast, silenceMs: 1e9 });
    await changeHolder(() => ({ version: 1, kernel: "another boot", host: hostname(), pid: 1 }));
    const future = new Date(Date.now() + 1e9);
    await utimes(join(folder, "lock.2"), future, future);
    await takeAndRelease(fast);
  });
});

async function refusal(options: Partial<FolderLockOptions> = {}): Promise<Error> {
  const refused = await lockFolder(folder, options).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(FolderError);
  return refused as FolderError; // The line above checks it.
}

async function takeAndRelease(options: Partial<FolderLockOptions> = {}): Promise<void> {
  const lock = await lockFolder(folder, options);
  expect(lock.isLost()).toBe(false);
  await lock.release();
}

async function changeHolder(change: (holder: object) => object): Promise<void> {
  const [name = ""] = (await readdir(folder))
    .filter((each) => /^lock\.\d+$/.test(each))
    .toSorted()
    .slice(-1);
  const path = join(folder, name);
  const text = await readFile(path, "utf8");
  await writeFile(path, JSON.stringify(change(text.startsWith("{") ? (JSON.parse(text) as object) : {})));
}

async function tryInChild(options: Partial<FolderLockOptions> = {}, startAt = 0): Promise<Child> {
  const program = new URL("./folder-holder.ts", import.meta.url);
  const child = await startChild(program, folder, String(startAt), JSON.stringify(options));
  children.push(child);
  return child;
}
