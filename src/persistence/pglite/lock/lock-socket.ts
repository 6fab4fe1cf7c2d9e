import { createHash, randomUUID } from "node:crypto";
import { closeSync, constants, openSync } from "node:fs";
import { rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join, relative } from "node:path";
import { isSystemError } from "../folder-error.js";

/** The shortest limit of the supported systems, that of macOS; Node cuts a longer path and says nothing. */
const maxPathBytes = 103;
/** A kernel answers at once, also for a process that is stopped. */
const answerMs = 1000;

export interface LockSocket {
  readonly name: string;
  readonly close: () => Promise<void>;
}

/** Listens on a new socket in the folder. Undefined where the file system has no sockets. */
export async function listenIn(place: string): Promise<LockSocket | undefined> {
  const name = `lock.${randomUUID()}.sock`;
  const server = createServer((socket) => socket.destroy());
  const listening = await withShortPath(place, name, async (path) => {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, resolve);
    });
    return true;
  }).catch(() => false);
  if (!listening) return undefined;
  server.on("error", () => undefined);
  server.unref();
  const close = async (): Promise<void> => {
    server.close();
    await rm(join(place, name), { force: true });
  };
  return { name, close };
}

/** `gone`: the kernel knows that no process listens. `unknown`: the socket cannot be asked. */
export type SocketState = "answers" | "gone" | "unknown";

export async function askSocket(place: string, name: string): Promise<SocketState> {
  const state = await withShortPath(place, name, connectTo).catch(() => undefined);
  return state ?? "unknown";
}

async function connectTo(path: string): Promise<SocketState> {
  const socket = connect(path);
  try {
    return await new Promise<SocketState>((resolve) => {
      socket.setTimeout(answerMs, () => resolve("answers"));
      socket.once("connect", () => resolve("answers"));
      socket.once("error", (error) => resolve(stateAfter(error)));
    });
  } finally {
    socket.destroy();
  }
}

/** EAGAIN: the queue of connections is full, because the holder is stopped. */
function stateAfter(error: Error): SocketState {
  if (isSystemError(error, "ECONNREFUSED")) return "gone";
  return isSystemError(error, "EAGAIN") ? "answers" : "unknown";
}

/** Undefined when no short path leads to the socket. */
async function withShortPath<T>(
  place: string,
  name: string,
  use: (path: string) => Promise<T>,
): Promise<T | undefined> {
  const path = join(place, name);
  if (process.platform === "win32")
    return use(String.raw`\\.\pipe\recordgate-${createHash("sha256").update(path).digest("hex")}`);
  const short = [path, relative(process.cwd(), path)].find((each) => Buffer.byteLength(each) <= maxPathBytes);
  if (short !== undefined) return use(short);
  if (process.platform !== "linux") return undefined;
  const folder = openSync(place, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    return await use(`/proc/self/fd/${folder}/${name}`);
  } finally {
    closeSync(folder);
  }
}
