import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { connectFolder } from "../../../src/persistence/pglite/pglite-folder.js";
import { silentLog } from "../databases.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "recordgate-checkpoints-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const segmentMegabytes = 16;

it("keeps the log of the database small, however much is written between its start and its end", async () => {
  const connection = await connectFolder(folder, silentLog);
  await connection.executeSql("CREATE TABLE filler (text text)");
  for (let written = 0; written < 200; written += 20)
    await connection.executeSql(
      "INSERT INTO filler SELECT repeat(md5(random()::text), 30) FROM generate_series(1, 20000)",
    );
  const segments = (await readdir(join(folder, "data", "pg_wal"))).filter((name) => /^[0-9A-F]{24}$/.test(name));
  expect(segments.length * segmentMegabytes).toBeLessThanOrEqual(144);
  await connection.close();
});
