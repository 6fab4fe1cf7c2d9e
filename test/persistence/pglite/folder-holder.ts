import { FolderError, lockFolder } from "../../../src/persistence/pglite/folder-lock.js";

/** A process that tries to lock the folder, reports the outcome, and holds the lock until it is killed. */
const [folder = "", startAt = "0"] = process.argv.slice(2);
while (Date.now() < Number(startAt));
try {
  await lockFolder(folder);
  process.stdout.write("held\n");
  setInterval(() => undefined, 1000);
} catch (error) {
  process.stdout.write(error instanceof FolderError ? "refused\n" : `${String(error)}\n`);
}
