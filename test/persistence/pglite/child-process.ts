import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface Child {
  readonly process: ChildProcess;
  /** The first line that it wrote. */
  readonly answer: string;
}

/** Starts a program and waits for its first line. */
export async function startChild(program: URL, ...values: readonly string[]): Promise<Child> {
  const child = spawn(process.execPath, ["--import", "tsx", fileURLToPath(program), ...values], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [data] = (await once(child.stdout, "data")) as [Buffer];
  return { process: child, answer: data.toString().trim() };
}

/** Like a power cut, but the disk cache survives. */
export async function kill({ process: child }: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}
