import { readdirSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { FolderError, isSystemError } from "../folder-error.js";

/** A lock file without text counts as being written until this age, in milliseconds. */
const writingMs = 2000;
const released = "released";

const holderShape = z.object({
  version: z.literal(1),
  kernel: z.string(),
  host: z.string(),
  pid: z.int(),
  /** Name of the socket that the holder listens on, absent where the file system has none. */
  socket: z.string().optional(),
});

/** The process that a lock file names. */
export type LockHolder = Readonly<z.infer<typeof holderShape>>;

export interface LockFile {
  readonly path: string;
  readonly generation: number;
}

/** The lock files of a folder, the oldest first. */
export function listLocks(place: string): readonly LockFile[] {
  return readdirSync(place)
    .filter((name) => /^lock\.\d+$/.test(name))
    .map((name) => ({ path: join(place, name), generation: Number(name.slice("lock.".length)) }))
    .sort((left, right) => left.generation - right.generation);
}

export function lockFileOf(place: string, generation: number): LockFile {
  return { path: join(place, `lock.${generation}`), generation };
}

/** Answers false when another process has created the file. */
export async function createLockFile({ path }: LockFile, holder: LockHolder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(holder), { flag: "wx" });
    return true;
  } catch (error) {
    if (isSystemError(error, "EEXIST")) return false;
    throw error;
  }
}

export async function markReleased({ path }: LockFile): Promise<void> {
  await writeFile(path, released);
}

/**
 * Undefined when no process holds the lock: it was released, left half-written, or deleted.
 * @throws FolderError for a file that this version cannot read
 */
export async function readHolder({ path }: LockFile): Promise<LockHolder | undefined> {
  for (;;) {
    const text = await readLock(path);
    if (text === released) return undefined;
    if (text !== "") return parseHolder(path, text);
    const { mtimeMs } = await stat(path);
    if (Math.abs(Date.now() - mtimeMs) > writingMs) return undefined;
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

function parseHolder(path: string, text: string): LockHolder {
  try {
    return holderShape.parse(JSON.parse(text));
  } catch (cause) {
    const unknown = `The lock file ${path} was written by another version of this program, so the holder of the folder is unknown.`;
    throw new FolderError(`${unknown} If no program uses the folder, delete the file.`, { cause });
  }
}
