import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { createNeedles } from "../scan/needles.js";
import { findLeaks } from "../scan/scan.js";

/**
 * The flags of the start script: with them large batches die young, which halves the time of garbage collection. Nothing
 * that a request makes lives on, but after half a minute without work V8 may decide otherwise for all that follow.
 */
export const nodeOptions = ["--max-semi-space-size=32", "--no-allocation-site-pretenuring"];

/** The packaged program, running. */
export interface Program {
  readonly url: string;
  readonly pid: number;
  readonly output: readonly string[];
  /** Answers the exit code, null when it was killed. */
  readonly stop: (signal: "SIGTERM" | "SIGINT" | "SIGKILL") => Promise<number | null>;
}

export interface Exit {
  readonly code: number | null;
  readonly output: string;
}

interface SpawnOptions {
  /** Arguments of the command line. */
  readonly words?: readonly string[];
  /** Further flags of Node. */
  readonly flags?: readonly string[];
  /** Path of the Node binary; default: the one that runs the tests. */
  readonly node?: string;
  /** A program with arguments that runs the command after them, for example in a namespace. */
  readonly launcher?: readonly string[];
}

/** Starts `dist/main.js` on a free port and waits until it prints its URL. */
export async function startProgram(
  environment: Readonly<Record<string, string>>,
  options: SpawnOptions = {},
): Promise<Program> {
  const { child, output } = spawnProgram(environment, options);
  const url = await new Promise<string>((resolve, reject) => {
    const giveUp = setTimeout(() => reject(new Error(`the program is not ready:\n${output.join("\n")}`)), 60_000);
    const watch = (): void => {
      const found = /http:\/\/[\d.]+:\d+\/graphql/.exec(output.at(-1) ?? "")?.[0];
      if (found === undefined) return;
      clearTimeout(giveUp);
      resolve(found);
    };
    readLines(child, output, watch);
    child.once("exit", (code) => {
      clearTimeout(giveUp);
      reject(new Error(`the program ended with ${code}:\n${output.join("\n")}`));
    });
  });
  return {
    url,
    pid: child.pid ?? 0,
    output,
    stop: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exited = once(child, "exit");
      child.kill(signal);
      await exited;
      refuseLeaks(environment, output);
      return child.exitCode;
    },
  };
}

/** Runs the program until it ends by itself. */
export async function runProgram(
  environment: Readonly<Record<string, string>>,
  options: SpawnOptions = {},
): Promise<Exit> {
  const { child, output } = spawnProgram(environment, options);
  readLines(child, output, () => undefined);
  const giveUp = setTimeout(() => child.kill("SIGKILL"), 60_000);
  await once(child, "close");
  clearTimeout(giveUp);
  refuseLeaks(environment, output);
  return { code: child.exitCode, output: output.join("\n") };
}

/** @throws Error for a log line that has a secret or an address of the environment: the rest of the output is for people */
function refuseLeaks(environment: Readonly<Record<string, string>>, output: readonly string[]): void {
  const needles = createNeedles();
  needles.noteEnvironment(environment);
  const lines = output.filter((line) => line.startsWith("{"));
  const leaks = findLeaks(
    lines.map((text) => ({ where: "log", text })),
    needles,
  );
  if (leaks.length > 0) throw new Error(`the program logs what it must not:\n${leaks.join("\n")}`);
}

function spawnProgram(
  environment: Readonly<Record<string, string>>,
  { words = [], node = process.execPath, launcher = [], flags = [] }: SpawnOptions = {},
): { child: ChildProcess; output: string[] } {
  const [program = node, ...programArguments] = [...launcher, node, ...nodeOptions, ...flags, "dist/main.js", ...words];
  const child = spawn(program, programArguments, {
    env: { PATH: process.env["PATH"], HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "warn", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { child, output: [] };
}

function readLines(child: ChildProcess, output: string[], onLine: () => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => {
      output.push(line);
      onLine();
    });
  }
}
