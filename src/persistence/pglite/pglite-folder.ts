import { mkdirSync, writeFileSync } from "node:fs";
import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "../../core/log.js";
import { StoreUnavailableError } from "../../core/store.js";
import type { Connection } from "../connection/connection.js";
import { readTemplate } from "./database-template.js";
import { Checkpoints } from "./disk/checkpoints.js";
import type { DiskError } from "./disk/disk-error.js";
import { describeDiskProblem } from "./disk/disk-problems.js";
import { requireRoomIn } from "./disk/disk-space.js";
import { WatchedFiles } from "./disk/watched-files.js";
import { endProcess, endProcessSoon } from "./end-process.js";
import { FolderError, isSystemError } from "./folder-error.js";
import { type FolderLock, lockFolder } from "./lock/folder-lock.js";
import { connectPglite } from "./pglite-connection.js";
import { createPglite } from "./pglite.js";
import { readTar } from "./tar.js";

/** The major version of the embedded PostgreSQL; another one cannot read its files. */
const postgresMajor = "18";

/** Opens the database in `folder` and creates it when there are no files. @throws FolderError */
export async function connectFolder(folder: string, log: Log): Promise<Connection> {
  try {
    return await openFolder(folder, log);
  } catch (cause) {
    const problem = describeDiskProblem(cause);
    if (problem === undefined) throw cause;
    throw new FolderError(`The database folder ${folder} cannot be opened: ${problem}. Set DATABASE_FOLDER.`, {
      cause,
    });
  }
}

async function openFolder(folder: string, log: Log): Promise<Connection> {
  const lock = await lockFolder(folder, {
    onWait: (waitMs) => log.warn({ folder, waitMs }, "waits until the database folder is certainly not in use"),
  });
  try {
    const files = join(folder, "data");
    const major = await readMajor(files);
    if (major !== undefined && major !== postgresMajor) throw createOtherMajorError(folder, major);
    if (major === undefined) await createFiles(files);
    return await connectFiles({ folder, files, lock, log });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

interface OpenFolder {
  readonly folder: string;
  readonly files: string;
  readonly lock: FolderLock;
  readonly log: Log;
}

async function connectFiles({ folder, files, lock, log }: OpenFolder): Promise<Connection> {
  const checkpoints = new Checkpoints(log);
  let onBroken: (error: DiskError) => void = () => undefined;
  const watch = {
    onBroken: (error: DiskError) => onBroken(error),
    onLogged: (bytes: number) => checkpoints.count(bytes),
  };
  const database = await createPglite({ fs: new WatchedFiles(files, watch) });
  let broken: DiskError | undefined;
  // While the database is opened, the error itself ends the start.
  onBroken = (error) => {
    broken ??= error;
    endProcessSoon(
      `The database folder ${folder} cannot be written: ${describeDiskProblem(error) ?? error.code}. Acknowledged writes are stored.`,
    );
  };
  const requireRoom = requireRoomIn(folder);
  const connection = connectPglite(database, {
    description: `embedded PostgreSQL in ${folder}`,
    check: (statement) => {
      if (broken !== undefined) throw new StoreUnavailableError(broken.message, "not-applied", { cause: broken });
      if (lock.isLost()) endProcess(`Another program has taken the database folder ${folder}.`);
      requireRoom(statement);
    },
    onClose: () => lock.release(),
  });
  checkpoints.start(connection.executeSql);
  return {
    ...connection,
    close: async () => {
      // To close a database is to write to it.
      if (broken === undefined && !lock.isLost()) await connection.close();
    },
  };
}

/**
 * Creates the files under a temporary name and renames the folder: a process that dies meanwhile leaves nothing that
 * looks like a database.
 */
async function createFiles(files: string): Promise<void> {
  const unfinished = `${files}.new`;
  await rm(unfinished, { recursive: true, force: true });
  unpack(await readTemplate("folder"), unfinished);
  try {
    await rename(unfinished, files);
  } catch (cause) {
    if (!isSystemError(cause, "ENOTEMPTY") && !isSystemError(cause, "EEXIST")) throw cause;
    await rm(unfinished, { recursive: true, force: true });
    throw new FolderError(
      `${files} holds files that are not a database. Move them away, or give this program another folder.`,
    );
  }
}

/** Synchronous: writing a thousand small files takes a third of the time, and the program does nothing else yet. */
function unpack(tar: Uint8Array, folder: string): void {
  mkdirSync(folder);
  for (const { path, content } of readTar(tar)) {
    if (content === undefined) mkdirSync(join(folder, path));
    else writeFileSync(join(folder, path), content);
  }
}

async function readMajor(files: string): Promise<string | undefined> {
  try {
    return (await readFile(join(files, "PG_VERSION"), "utf8")).trim();
  } catch (error) {
    if (isSystemError(error, "ENOENT")) return undefined;
    throw error;
  }
}

function createOtherMajorError(folder: string, major: string): FolderError {
  return new FolderError(
    `The database folder ${folder} was written by PostgreSQL ${major}, this program has PostgreSQL ${postgresMajor}. ` +
      "Open it with the version of the program that wrote it, or give this one another folder.",
  );
}
