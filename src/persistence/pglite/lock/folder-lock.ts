import { constants, existsSync } from "node:fs";
import { access, mkdir, realpath, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join, resolve } from "node:path";
import { FolderError, isSystemError } from "../folder-error.js";
import { Heartbeat } from "./heartbeat.js";
import { readKernelId } from "./kernel-id.js";
import {
  createLockFile,
  listLocks,
  lockFileOf,
  markReleased,
  readHolder,
  type LockFile,
  type LockHolder,
} from "./lock-file.js";
import { askSocket, listenIn, type LockSocket } from "./lock-socket.js";
import { staysSilent, type SilenceOptions } from "./silence.js";

export interface FolderLockOptions extends SilenceOptions {
  /** Milliseconds between two signs of life, a small part of `silenceMs`. */
  readonly beatMs: number;
  /** Identifies the running kernel. */
  readonly kernel: string;
  /** Whether sockets are used. */
  readonly sockets: boolean;
}

export interface FolderLock {
  /** Whether another process holds the folder now; then this one must not write any more. */
  readonly isLost: () => boolean;
  readonly release: () => Promise<void>;
}

/** The folders that this process has open. */
const foldersInUse = new Set<string>();

/**
 * Locks the folder for this process. Each holder creates the next file `lock.<number>`, which only one process can, and
 * the newest file is never deleted: of several processes that find the lock of a dead one, exactly one takes it over, in
 * any interleaving. A holder is dead when the kernel, which frees the socket of a process, says so; a stopped one is
 * alive. Pids are not asked: each container counts its own.
 * @throws FolderError
 */
export async function lockFolder(folder: string, options: Partial<FolderLockOptions> = {}): Promise<FolderLock> {
  const place = await makeFolder(folder);
  if (foldersInUse.has(place)) throw createInUseError(folder, `this process (${process.pid})`);
  foldersInUse.add(place);
  try {
    const lock = await takeLock(folder, place, { ...usualOptions(), ...options });
    return {
      isLost: lock.isLost,
      release: async () => {
        await lock.release();
        foldersInUse.delete(place);
      },
    };
  } catch (error) {
    foldersInUse.delete(place);
    throw error;
  }
}

/** Answers its real path. */
async function makeFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    // Node reports ENOENT for a file system that is read-only.
    if (isSystemError(error, "ENOENT")) await access(nearestFolder(folder), constants.W_OK);
    throw error;
  }
  return realpath(folder);
}

function nearestFolder(folder: string): string {
  return existsSync(folder) ? folder : nearestFolder(dirname(resolve(folder)));
}

function usualOptions(): FolderLockOptions {
  return { silenceMs: 60_000, beatMs: 5000, onWait: () => undefined, kernel: readKernelId(), sockets: true };
}

async function takeLock(folder: string, place: string, options: FolderLockOptions): Promise<FolderLock> {
  // The socket listens before a lock file names it: a file without its socket never belongs to a living process.
  const socket = options.sockets ? await listenIn(place) : undefined;
  try {
    const lock = await takeOver(folder, place, { ...options, socket });
    const heartbeat = new Heartbeat({ place, lock, beatMs: options.beatMs });
    return {
      isLost: () => heartbeat.isLost(),
      release: async () => {
        await heartbeat.stop();
        // On a full disk the file stays without text, which counts as released too.
        await markReleased(lock).catch(() => undefined);
        await socket?.close();
      },
    };
  } catch (error) {
    await socket?.close();
    throw error;
  }
}

type TakeOverOptions = FolderLockOptions & { readonly socket: LockSocket | undefined };

async function takeOver(folder: string, place: string, options: TakeOverOptions): Promise<LockFile> {
  const { kernel, socket } = options;
  const me: LockHolder = {
    version: 1,
    kernel,
    host: hostname(),
    pid: process.pid,
    ...(socket && { socket: socket.name }),
  };
  for (;;) {
    const newest = listLocks(place).at(-1);
    const holder = newest && (await readHolder(newest));
    if (newest !== undefined && holder !== undefined && !(await isDead(place, newest, holder, options))) {
      // It may have stopped during the wait.
      if ((await readHolder(newest)) === undefined) continue;
      throw createInUseError(folder, showHolder(holder, kernel), newest.path);
    }
    const lock = lockFileOf(place, (newest?.generation ?? 0) + 1);
    if (!(await createLockFile(lock, me))) continue;
    const now = listLocks(place);
    if (now.at(-1)?.generation === lock.generation) {
      await Promise.all(now.slice(0, -1).map(({ path }) => rm(path, { force: true })));
      if (holder?.socket !== undefined) await rm(join(place, holder.socket), { force: true });
      return lock;
    }
    // The file that was read is no longer the newest: other holders came and went since.
    await rm(lock.path, { force: true });
  }
}

async function isDead(place: string, lock: LockFile, holder: LockHolder, options: FolderLockOptions): Promise<boolean> {
  if (holder.kernel === options.kernel && holder.socket !== undefined) {
    const state = await askSocket(place, holder.socket);
    if (state !== "unknown") return state === "gone";
  }
  return staysSilent(lock, holder, options);
}

function showHolder({ pid, host, kernel }: LockHolder, ourKernel: string): string {
  if (host === hostname()) return `process ${pid}`;
  return `process ${pid} of ${kernel === ourKernel ? "the container" : "the machine"} ${host}`;
}

function createInUseError(folder: string, holder: string, path?: string): FolderError {
  const remedy = path === undefined ? "" : ` If no program uses it, delete ${path}.`;
  return new FolderError(
    `The database folder ${folder} is in use by ${holder}. Stop it, give this one another folder, or let both use a PostgreSQL server.${remedy}`,
  );
}
