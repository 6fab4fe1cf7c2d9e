import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProgram, startProgram, type Program } from "./program.js";
import { idIn, secretIn, statusOf } from "./key-output.js";

let folder: string;
beforeAll(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "recordgate-keys-")), "data");
});
afterAll(() => rm(join(folder, ".."), { recursive: true, force: true }));

const environment = () => ({ DATABASE_FOLDER: folder, AUTHORIZATION: "on" });
const keys = (...words: readonly string[]) => runProgram(environment(), { words: ["keys", ...words] });
const operatorFile = () => join(folder, "operator.json");

describe("recordgate keys, over the embedded database", () => {
  let [first, second] = ["", ""];

  test("makes, lists and revokes keys in a folder without a running program", async () => {
    const created = await keys("create", "first", "--all", "--first");
    expect(created.code).toBe(0);
    first = secretIn(created.output);
    expect(created.output).toContain("(first) opens everything embedded. Its secret is not shown again:");
    expect(await keys("create", "again", "--all", "--first")).toEqual({ code: 0, output: "There is a key already." });
    const other = await keys("create", "other", "--scope", "provider=milvus,operation=read", "--expires", "30d");
    second = secretIn(other.output);
    const listed = await keys("list");
    expect(listed.output.split("\n")).toEqual([
      expect.stringMatching(/^[0-9a-f-]{36} {2}valid {2}first {2}everything embedded$/),
      expect.stringMatching(/^[0-9a-f-]{36} {2}valid until 20\S+Z {2}other {2}provider=milvus,operation=read$/),
    ]);
    expect(listed.output).not.toMatch(/rgk_/);
    expect(await keys("revoke", idIn(other.output))).toMatchObject({ code: 0 });
    expect((await keys("list")).output).toMatch(/revoked 20\S+Z {2}other/);
    // The database holds a hash of the secret only.
    expect(existsSync(operatorFile())).toBe(false);
  });

  test("does so through the program that has the folder, for which it leaves a file that others cannot read", async () => {
    const program = await startProgram(environment());
    try {
      expect(await statusOf(program.url, first)).toBe(200);
      expect(await statusOf(program.url, second)).toBe(401);
      expect(await statusOf(program.url, undefined)).toBe(401);
      const { mode } = await stat(operatorFile());
      expect((mode & 0o777).toString(8)).toBe("600");
      const created = await keys("create", "third", "--scope", "provider=zilliz", "--scope", "provider=milvus");
      const third = secretIn(created.output);
      expect(await statusOf(program.url, third)).toBe(200);
      expect((await keys("list")).output).toMatch(/valid {2}third {2}provider=zilliz and provider=milvus$/m);
      expect(await keys("create", "fourth", "--all", "--first")).toEqual({
        code: 0,
        output: "There is a key already.",
      });
      expect(await keys("revoke", idIn(created.output))).toMatchObject({ code: 0 });
      await expect.poll(() => statusOf(program.url, third)).toBe(401);
      await refuseStrangers(program);
      expect(program.output.join("\n")).not.toMatch(/rgk_/);
    } finally {
      expect(await program.stop("SIGTERM")).toBe(0);
    }
    expect(existsSync(operatorFile())).toBe(false);
  });

  test("overlooks the file of a program that was killed", async () => {
    const program = await startProgram(environment());
    await program.stop("SIGKILL");
    const left = await readFile(operatorFile(), "utf8");
    expect((await keys("list")).output).toMatch(/valid {2}first/);
    // Another program may have got its port: what it answers is not the answer of the one that was killed.
    const { port } = new URL((JSON.parse(left) as { readonly url: string }).url);
    const stranger = createServer((_request, response) => response.end("<html>hello</html>"));
    await new Promise<void>((resolve) => stranger.listen(Number(port), "127.0.0.1", resolve));
    try {
      expect((stranger.address() as AddressInfo).port).toBe(Number(port));
      expect((await keys("list")).output).toMatch(/valid {2}first/);
    } finally {
      stranger.close();
    }
    const next = await startProgram(environment());
    try {
      expect((await keys("list")).output).toMatch(/valid {2}first/);
      expect(await statusOf(next.url, first)).toBe(200);
    } finally {
      await next.stop("SIGTERM");
    }
  });

  test.each([
    [["create", "x"], "give --scope, once or several times, or --all for everything embedded; not both"],
    [["create", "x", "--scope", "provider=milvsu"], "milvsu is not a provider; there are"],
    [["create", "x", "--all", "--expires", "soon"], "the expiry soon is neither like 30d, 12h or 45m nor like"],
    [["revoke", "nonesuch"], "There is no key nonesuch; `recordgate keys list` shows them."],
    [["remove"], "error: unknown command 'remove'"],
  ])("refuses %j in one line", async (words, message) => {
    const { code, output } = await keys(...words);
    expect(code).toBe(1);
    expect(output).toContain(message);
    expect(output.split("\n")).toHaveLength(1);
  });

  test("has nothing to manage in a database in memory", async () => {
    const memory = await runProgram({ DATABASE_URL: "memory:" }, { words: ["keys", "list"] });
    expect(memory).toEqual({ code: 1, output: "A database in memory does not keep keys." });
  });
});

/** The management of keys wants the secret of the file, and judges it before a body. */
async function refuseStrangers({ url }: Program): Promise<void> {
  const path = new URL("/operator/keys", url);
  const { secret } = JSON.parse(await readFile(operatorFile(), "utf8")) as { readonly secret: string };
  const create = JSON.stringify({ name: "intruder", scopes: [], everything: true });
  const send = (headers: Readonly<Record<string, string>>, body?: string) =>
    fetch(path, {
      method: body === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json", ...headers },
      ...(body !== undefined && { body }),
    });
  const strangers: readonly Readonly<Record<string, string>>[] = [
    {},
    { "recordgate-operator": "wrong" },
    { authorization: `Bearer ${secret}` },
  ];
  for (const headers of strangers) {
    expect((await send(headers)).status).toBe(401);
    expect((await send(headers, create)).status).toBe(401);
    expect((await send(headers, "{")).status).toBe(401);
  }
  expect((await send({ "recordgate-operator": secret })).status).toBe(200);
  expect((await keys("list")).output).not.toContain("intruder");
}
