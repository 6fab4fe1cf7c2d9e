import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FolderError } from "../../../src/persistence/pglite/folder-error.js";
import { type Child, kill, startChild } from "./child-process.js";
import { createCollection, openFolder } from "../databases.js";

let folder: string;
const children: Child[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "recordgate-folder-"));
});
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  await rm(folder, { recursive: true, force: true });
});

describe("a database in a folder", () => {
  const open = () => openFolder(folder);

  it("is there again after it was closed", async () => {
    const first = await open();
    expect(first.description).toContain(folder);
    await expect(first.isReady()).resolves.toBe(true);
    const collection = await createCollection(first.store);
    await first.store.records.insert({ collection, records: [{ fields: { n: 1 } }] });
    await expect(open()).rejects.toBeInstanceOf(FolderError);
    await first.close();
    await expect(first.isReady()).resolves.toBe(false);
    await expect(first.store.records.insert({ collection, records: [] })).rejects.toMatchObject({
      name: "StoreUnavailableError",
    });
    const second = await open();
    expect(
      (await second.store.records.listRecords(collection.id, { first: 5 })).items.map((record) => record.fields),
    ).toEqual([{ n: 1 }]);
    await second.close();
  });

  it("that another major version of PostgreSQL wrote is refused, and may be opened by others", async () => {
    await (await open()).close();
    const version = join(folder, "data", "PG_VERSION");
    const ours = await readFile(version, "utf8");
    await writeFile(version, "17\n");
    await expect(open()).rejects.toThrow(/written by PostgreSQL 17, this program has PostgreSQL 18/);
    await writeFile(version, ours);
    await (await open()).close();
  });

  it("keeps what a killed process has written, and its task is worked on at once", async () => {
    const child = await startChild(new URL("./doomed-worker.ts", import.meta.url), folder);
    children.push(child);
    expect(child.answer).toBe("orphan");
    await kill(child);
    const database = await open();
    const done: string[] = [];
    await database.queue.start({ providers: ["test"], work: async (id) => void done.push(id) });
    await expect.poll(() => done, { timeout: 3000 }).toEqual(["orphan"]);
    await database.close();
  });

  it("opens whenever its first start was killed", { timeout: 120_000 }, async () => {
    const moments = Array.from({ length: 8 }, (_, index) => index * 150 + Math.random() * 150);
    for (const moment of moments) {
      await rm(folder, { recursive: true, force: true });
      const child = await startChild(new URL("./first-start.ts", import.meta.url), folder);
      children.push(child);
      await new Promise((resolve) => setTimeout(resolve, moment));
      await kill(child);
      const database = await open();
      await expect(createCollection(database.store)).resolves.toMatchObject({ version: 1 });
      await database.close();
      expect((await readdir(folder)).filter((name) => !name.startsWith("lock."))).toEqual(["data"]);
    }
  });

  it("that was never finished is begun again", async () => {
    await writeFile(join(folder, "data.new"), "half");
    await (await open()).close();
    expect((await readdir(folder)).toSorted()).toEqual(["data", "lock.1"]);
  });
});
