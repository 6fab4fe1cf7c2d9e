import { execFile } from "node:child_process";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findFreePort } from "../bench/servers/free-port.js";

const run = promisify(execFile);

/** A PostgreSQL server of its own in a temporary folder. */
export interface Cluster {
  readonly url: string;
  /** Every process of the server ends at once, as when it is killed; the next start recovers from the log. */
  readonly crash: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

export async function createCluster(programs: string): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), "recordgate-cluster-"));
  // PostgreSQL refuses to run as root.
  const asOther = process.getuid?.() === 0 ? ["runuser", "-u", "postgres", "--"] : [];
  if (asOther.length > 0) {
    const { stdout } = await run("id", ["-u", "postgres"]);
    await chown(folder, Number(stdout), -1);
  }
  await chmod(folder, 0o700);
  const execute = async (name: string, words: readonly string[]): Promise<void> => {
    const [program, ...before] = [...asOther, join(programs, name), ...words] as [string, ...string[]]; // It has the program.
    await run(program, before, { cwd: "/" });
  };
  const data = join(folder, "data");
  const port = await findFreePort();
  const settings = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=`;
  const start = (): Promise<void> =>
    execute("pg_ctl", [
      ...["start", "--wait", "--silent", "--pgdata", data, "--log", join(folder, "log")],
      ...["--options", settings],
    ]);
  const stop = (mode: string): Promise<void> =>
    execute("pg_ctl", ["stop", "--wait", "--silent", "--pgdata", data, "--mode", mode]);
  await execute("initdb", [
    ...["--pgdata", data, "--username", "recordgate", "--auth", "trust"],
    ...["--encoding", "UTF8", "--locale", "C", "--no-sync"],
  ]);
  await start();
  return {
    url: `postgres://recordgate@127.0.0.1:${port}/postgres`,
    crash: () => stop("immediate"),
    start,
    remove: async () => {
      await stop("fast").catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
