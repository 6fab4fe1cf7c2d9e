import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
/** Without the template, each worker of a test run in the copy would initialize a cluster. */
const builtParts = ["src/persistence/generated", "dist/template"];

/** A copy of the repository in another folder, which a test may change. */
export interface RepositoryCopy {
  readonly folder: string;
  /** Answers the output of the command. @throws Error with the last lines of it when the command fails */
  readonly run: (program: string, ...programArguments: readonly string[]) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** Links the packages and copies what is built of the parts that it needs. @param leftOut path prefixes */
export async function copyRepository(leftOut: readonly string[]): Promise<RepositoryCopy> {
  const folder = await mkdtemp(join(tmpdir(), "recordgate-copy-"));
  const { stdout } = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  const files = stdout
    .split("\0")
    .filter((file) => file !== "" && existsSync(file) && !leftOut.some((prefix) => file.startsWith(prefix)));
  for (const file of [...files, ...builtParts]) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(file, join(folder, file), { recursive: true });
  }
  await symlink(resolve("node_modules"), join(folder, "node_modules"), "junction");
  const copy: RepositoryCopy = {
    folder,
    run: (program, ...programArguments) => runIn(folder, program, programArguments),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
  await copy.run("git", "init", "--quiet");
  await copy.run("git", "add", "--all");
  return copy;
}

const linesTold = 100;

/** Without the variables of the test runner, which starts anew there, and of a git hook. */
async function runIn(folder: string, program: string, programArguments: readonly string[]): Promise<string> {
  const { PATH, HOME, TMPDIR } = process.env;
  const command = program === "npm" && process.platform === "win32" ? "npm.cmd" : program;
  try {
    const { stdout } = await run(command, programArguments, {
      cwd: folder,
      // Each worker of a test run loads the whole program anew; the option of the command does not reach a project.
      env: { PATH, HOME, TMPDIR, NO_COLOR: "1", VITEST_MAX_WORKERS: "1" },
      maxBuffer: 64 * 1_048_576,
    });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = Object(error) as { readonly stdout?: string; readonly stderr?: string }; // The form in which execFile rejects.
    const told = `${stdout}${stderr}`.split("\n").slice(-linesTold).join("\n");
    throw new Error(`${[program, ...programArguments].join(" ")} failed\n${told}`);
  }
}
