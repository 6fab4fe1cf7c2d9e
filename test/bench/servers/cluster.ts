import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { endAtExit } from "./at-exit.js";
import { createFolder } from "./folder.js";
import { findFreePort } from "./free-port.js";
import { findPostgresPrograms } from "./postgres-programs.js";

/** A PostgreSQL server that both sides of a row use, each with a database of its own. */
export interface Cluster {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Settings of the server besides its defaults. Commits are durable; checkpoints come between rounds, not in them. */
const settings = {
  synchronous_commit: "on",
  max_wal_size: "8GB",
  checkpoint_timeout: "1h",
  max_connections: "200",
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
} as const;

/** The server of TEST_DATABASE_URL, else a new one in a temporary folder. */
export async function openCluster(): Promise<Cluster> {
  const url = process.env["TEST_DATABASE_URL"];
  return url === undefined ? startCluster() : { url, close: async () => undefined };
}

async function startCluster(): Promise<Cluster> {
  const programs = findPostgresPrograms();
  if (programs === undefined)
    throw new Error("PostgreSQL is not installed: set TEST_DATABASE_URL to a server's address");
  const temporary = await createFolder();
  const folder = temporary.path;
  // PostgreSQL refuses to run as root.
  const launcher = process.getuid?.() === 0 ? ["runuser", "-u", "postgres", "--"] : [];
  if (launcher.length > 0) {
    execFileSync("chown", ["postgres", folder]);
    chmodSync(folder, 0o700);
  }
  const run = (program: string, words: readonly string[]): [string, string[]] => {
    const [command = "", ...rest] = [...launcher, join(programs, program), ...words];
    return [command, rest];
  };
  const data = join(folder, "data");
  const creation = ["--pgdata", data, "--username", "recordgate", "--auth", "trust", "--encoding", "UTF8"];
  execFileSync(...run("initdb", [...creation, "--locale", "C"]), {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });

  const port = await findFreePort();
  const options = Object.entries({ ...settings, port }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn(...run("postgres", ["-D", data, ...options]), { cwd: folder, stdio: "ignore" });
  const exited = once(server, "exit");
  const forget = endAtExit(() => {
    server.kill("SIGTERM");
  });
  const url = `postgres://recordgate@127.0.0.1:${port}/postgres`;
  const close = async (): Promise<void> => {
    // runuser passes SIGTERM on, which waits for clients: all of them are closed by now.
    server.kill("SIGTERM");
    await exited;
    forget();
    await temporary.remove();
  };
  try {
    await waitForServer(url);
  } catch (error) {
    await close();
    throw error;
  }
  return { url, close };
}

async function waitForServer(url: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
