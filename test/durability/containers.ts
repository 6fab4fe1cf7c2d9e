import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Program } from "../e2e/program.js";

/** Pids and network of its own: the program is process 1 in every one of them. @param line a shell line that runs first */
export function container(line = "true"): readonly string[] {
  const namespaces = ["--mount", "--pid", "--net", "--fork", "--kill-child=SIGKILL", "--mount-proc"];
  return ["unshare", ...namespaces, "sh", "-c", `ip link set lo up && ${line} && exec "$@"`, "sh"];
}

/** Passes connections on. Run in the network of the container, it takes them from a socket in a shared folder. */
const relay = `
  const { connect, createServer } = require("node:net");
  const [socket, port] = process.argv.slice(1);
  createServer((client) => {
    const onward = connect(Number(port), "127.0.0.1");
    for (const [one, other] of [[client, onward], [onward, client]]) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
      one.pipe(other);
    }
  }).listen(socket, () => console.log("listening"));`;

export interface Door {
  /** The address of the program for clients outside. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Makes a program in a container reachable from outside. */
export async function openDoor(program: Program): Promise<Door> {
  const folder = await mkdtemp(join(tmpdir(), "recordgate-door-"));
  const socket = join(folder, "socket");
  const url = new URL(program.url);
  const inside = ["--net", "--target", String(program.pid), process.execPath, "--eval", relay, socket, url.port];
  const relaying = spawn("nsenter", inside, { stdio: ["ignore", "pipe", "inherit"] });
  await once(relaying.stdout, "data");
  const outside = passOn(socket);
  await once(outside, "listening");
  url.port = String((outside.address() as AddressInfo).port);
  return {
    url: url.href,
    async close() {
      relaying.kill("SIGKILL");
      outside.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function passOn(socket: string): Server {
  const server = createServer((client) => {
    const onward = connect(socket);
    for (const [one, other] of [[client, onward] as const, [onward, client] as const]) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
      one.pipe(other);
    }
  });
  return server.listen(0, "127.0.0.1");
}
