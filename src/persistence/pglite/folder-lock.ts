import { mkdir, readdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { OperatorError } from "../../core/operator-error.js";

/** The folder cannot be opened now. The message names the remedy. */
export class FolderError extends OperatorError {
  override readonly name = "FolderError";
}

const released = "released";
/** A lock file without text counts as being written until this age, in milliseconds. */
const writingMs = 2000;

/**
 * The folders that this process has open. A lock of another folder with the pid of this process is left by a dead one:
 * pids are reused.
 */
const foldersInUse = new Set<string>();

interface FolderLock {
  readonly path: string;
  readonly generation: number;
}

/**
 * Locks the folder for this process and answers the function that unlocks it. Each holder creates the next file
 * `lock.<number>`, which only one process can, and the newest file is never deleted: of several processes that find the
 * lock of a dead one, exactly one takes it over, in any interleaving.
 * @throws FolderError
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const place = await realpath(folder);
  if (foldersInUse.has(place)) throw createInUseError(folder, `this process (${process.pid})`, "");
  foldersInUse.add(place);
  try {
    const { path } = await takeOver(folder, place);
    return async () => {
      await writeFile(path, released);
      foldersInUse.delete(place);
    };
  } catch (error) {
    foldersInUse.delete(place);
    throw error;
  }
}

async function takeOver(folder: string, place: string): Promise<FolderLock> {
  for (;;) {
    const locks = await listLocks(place);
    const newest = locks.at(-1);
    const holder = newest && (await holderOf(newest.path));
    if (newest !== undefined && holder !== undefined) throw createInUseError(folder, `process ${holder}`, newest.path);
    const generation = (newest?.generation ?? 0) + 1;
    const path = join(place, `lock.${generation}`);
    if (!(await createLockFile(path))) continue;
    const now = await listLocks(place);
    if (now.at(-1)?.generation === generation) {
      await Promise.all(now.slice(0, -1).map((older) => rm(older.path, { force: true })));
      return { path, generation };
    }
    // The file that was read is no longer the newest: other holders came and went since.
    await rm(path, { force: true });
  }
}

async function listLocks(place: string): Promise<readonly FolderLock[]> {
  const names = await readdir(place);
  return names
    .filter((name) => /^lock\.\d+$/.test(name))
    .map((name) => ({ path: join(place, name), generation: Number(name.slice("lock.".length)) }))
    .sort((left, right) => left.generation - right.generation);
}

/** The pid of the holder, if that process is alive. */
async function holderOf(path: string): Promise<number | undefined> {
  for (;;) {
    const text = await readLock(path);
    if (text !== "") {
      const pid = Number(text);
      return Number.isInteger(pid) && pid !== process.pid && isAlive(pid) ? pid : undefined;
    }
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > writingMs) return undefined;
    await setTimeout(20);
  }
}

/** Answers `released` for a file that is gone: the lock was taken over and released in the meantime. */
async function readLock(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if (isSystemError(cause, "ENOENT")) return released;
    const unknown = `The lock file ${path} cannot be read, so the holder of the folder is unknown.`;
    throw new FolderError(`${unknown} Make it readable for this program.`, { cause });
  }
}

export function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

async function createLockFile(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (isSystemError(error, "EEXIST")) return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of another user cannot be signalled, but it is alive.
    return isSystemError(error, "EPERM");
  }
}

function createInUseError(folder: string, holder: string, path: string): FolderError {
  const remedy = path === "" ? "" : ` If that is another program, delete ${path}.`;
  return new FolderError(
    `The database folder ${folder} is in use by ${holder}. Stop it, give this one another folder, or let both use a PostgreSQL server.${remedy}`,
  );
}
