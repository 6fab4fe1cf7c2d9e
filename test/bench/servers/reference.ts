import { fork, type Serializable } from "node:child_process";
import { once } from "node:events";
import { nodeOptions } from "../../e2e/program.js";
import { askProcess } from "../load/load.js";
import { endAtExit } from "./at-exit.js";
import { createFolder } from "./folder.js";

/** A server of `test/bench/references`, running in a process of its own. */
export interface ReferenceProcess {
  readonly origin: string;
  readonly pid: number;
  /** Sends a message to a reference that does the work without a server, and answers the next message of it. */
  readonly ask: (message: Serializable) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** The flags of the start script, for the references too. */
const referenceOptions = [...nodeOptions, "--import", "tsx"];

/** @param file its name in `test/bench/references`; it sends its port to this process when it listens, and may leave files in FOLDER */
export async function startReference(
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<ReferenceProcess> {
  const folder = await createFolder();
  const child = fork(new URL(`../references/${file}`, import.meta.url), {
    execArgv: referenceOptions,
    // What a peer prints would stand between the rows of the table.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { PATH: process.env["PATH"], FOLDER: folder.path, ...environment },
  });
  const exited = once(child, "exit");
  const forget = endAtExit(() => {
    child.kill("SIGKILL");
  });
  const [port] = await Promise.race([once(child, "message"), exited.then(() => ["none"])]);
  if (typeof port !== "number") throw new Error(`the reference ${file} does not start`);
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    ask: (message) => askProcess(child, message),
    close: async () => {
      child.kill("SIGKILL");
      await exited;
      forget();
      await folder.remove();
    },
  };
}
