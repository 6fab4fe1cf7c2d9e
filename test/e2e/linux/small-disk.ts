import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A file system in memory of a few megabytes, which only programs behind `launcher` see. */
export interface SmallDisk {
  readonly folder: string;
  readonly launcher: readonly string[];
  /** Runs a shell line there. */
  readonly shell: (line: string) => Promise<void>;
  /** @param options of `mount`, for example `size=200m` or `ro` */
  readonly remount: (options: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}

export async function createSmallDisk(megabytes: number): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), "recordgate-disk-"));
  const mount = `mount -t tmpfs -o size=${megabytes}m tmpfs ${folder} && echo mounted && exec sleep 100000`;
  const holder = spawn("unshare", ["--mount", "sh", "-c", mount], { stdio: ["ignore", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  const launcher = ["nsenter", "--mount", "--wd=.", "--target", String(holder.pid)];
  const shell = async (line: string): Promise<void> => {
    await run("nsenter", [...launcher.slice(1), "sh", "-c", line]);
  };
  return {
    folder,
    launcher,
    shell,
    remount: (options) => shell(`mount -o remount,${options} ${folder}`),
    remove: async () => {
      await end(holder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}
