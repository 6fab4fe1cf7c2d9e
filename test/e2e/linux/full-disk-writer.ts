import { createPglite } from "../../../src/persistence/pglite/pglite.js";
import { WatchedFiles } from "../../../src/persistence/pglite/disk/watched-files.js";

/** Writes until the disk of the folder is full, and reports what its database does then. */
const [folder = ""] = process.argv.slice(2);
const broken: string[] = [];
const files = new WatchedFiles(folder, { onBroken: ({ code }) => broken.push(code), onLogged: () => undefined });
const database = await createPglite({ fs: files });
await database.exec("CREATE TABLE filler (text text)");
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : String(error));
const outcomes: string[] = [];
while (outcomes.length < 3) {
  await database
    .query("INSERT INTO filler SELECT repeat(md5(random()::text), 30) FROM generate_series(1, 1000)")
    .catch((error: unknown) => outcomes.push(nameOf(error)));
}
process.stdout.write(`${JSON.stringify({ broken, outcomes })}\n`);
process.exit(0);
