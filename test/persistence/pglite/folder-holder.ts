import { FolderError } from "../../../src/persistence/pglite/folder-error.js";
import { lockFolder } from "../../../src/persistence/pglite/lock/folder-lock.js";

/** A process that tries to lock the folder, reports the outcome, and holds the lock until it is killed. */
const [folder = "", startAt = "0", options = "{}"] = process.argv.slice(2);
while (Date.now() < Number(startAt));
try {
  const lock = await lockFolder(folder, JSON.parse(options) as object);
  process.stdout.write("held\n");
  setInterval(() => {
    if (lock.isLost()) process.stdout.write("lost\n", () => process.exit(1));
  }, 50);
} catch (error) {
  process.stdout.write(error instanceof FolderError ? "refused\n" : `${String(error)}\n`);
}
