import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { OperatorError } from "../../../src/core/operator-error.js";
import { openDatabase } from "../../../src/persistence/database.js";
import type { ServerOptions } from "../../../src/persistence/connection/postgres-connection.js";
import { openFolder, parts, server, serverUrl } from "../databases.js";

const secret = "s3cr";
const notEncoded = "must have the characters / ? # @ % of user, password and database percent-encoded";
const notUrl = "must be a URL such as postgres://user:password@host:5432/database";

async function problemOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  // The program prints any other error with its stack.
  expect(error).toBeInstanceOf(OperatorError);
  return (error as OperatorError).message;
}

const hasty = { ...server, connectTimeoutMs: 300 };
const open = (url: string, more: Partial<ServerOptions> = {}) =>
  openDatabase({ ...parts, url, folder: "", server: { ...hasty, ...more } });

describe("a URL whose parts are misread is refused without being shown", () => {
  it.each([
    [`postgres://u:${secret}/t@127.0.0.1:1/db`, notUrl],
    [`postgres://u:${secret}@`, notUrl],
    [`postgres://u:12/${secret}@127.0.0.1:1/db`, notEncoded],
    [`postgres://u:12#${secret}@127.0.0.1:1/db`, notEncoded],
    [`postgres://u:12?${secret}@127.0.0.1:1/db`, notEncoded],
    [`postgres://u:${secret}%3t@127.0.0.1:1/db`, notEncoded],
  ])("%s", async (url, problem) => {
    expect(await problemOf(open(url))).toBe(`DATABASE_URL: ${problem}`);
  });
});

describe("a server that cannot be used is told in one line with the reason", () => {
  it.each([
    [`postgres://u:${secret}@127.0.0.1:1/db`, "db at 127.0.0.1:1 cannot be reached: nothing accepts connections there"],
    [
      `postgres://u:${secret}@host.invalid/db?schema=own`,
      /^PostgreSQL db, schema own, at host\.invalid:5432 cannot be reached: the name of the host is not known( now)?$/,
    ],
    [
      `postgres://u:${secret}@127.0.0.1:1/db?sslrootcert=/${secret}/none`,
      "DATABASE_URL: the file that sslrootcert names cannot be read",
    ],
    [`postgres://u:${secret}@127.0.0.1:1/db?sslmode=${secret}`, "DATABASE_URL: sslmode must be one of disable, allow"],
  ])("%s", async (url, problem) => {
    const message = await problemOf(open(url));
    expect(message).toMatch(problem);
    expect(message).not.toContain("\n");
    expect(message).not.toContain(secret);
  });

  it.skipIf(serverUrl === undefined)("the server does not have the database", async () => {
    const url = new URL(serverUrl ?? "");
    url.pathname = "/absent";
    expect(await problemOf(open(url.href))).toMatch(/cannot be reached: the server does not have this database$/);
  });

  it.skipIf(serverUrl === undefined)("the server does not accept the user", async () => {
    const url = new URL(serverUrl ?? "");
    [url.username, url.password] = ["someone-else", secret];
    const message = await problemOf(open(url.href));
    expect(message).toMatch(/cannot be reached: the server does not accept the user/);
    expect(message).not.toContain(secret);
  });
});

it("a folder that is a file, or below one, is told in one line", async () => {
  const place = await mkdtemp(join(tmpdir(), "recordgate-"));
  onTestFinished(() => rm(place, { recursive: true }));
  const file = join(place, "file");
  await writeFile(file, "");
  const told = (folder: string, problem: string) =>
    `The database folder ${folder} cannot be opened: ${problem}. Set DATABASE_FOLDER.`;
  expect(await problemOf(openFolder(file))).toBe(told(file, "it is a file"));
  expect(await problemOf(openFolder(join(file, "x")))).toBe(told(join(file, "x"), "a part of the path is a file"));
});
