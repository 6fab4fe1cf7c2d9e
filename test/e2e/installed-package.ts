import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");

/** A package elsewhere that depends on the packed program and on nothing else. */
export interface InstalledPackage {
  readonly folder: string;
  /** What npm printed. */
  readonly installed: string;
  /** What the script printed. */
  readonly run: (script: string) => Promise<string>;
  /** Compiles the sources beside it, with the types of libraries checked. @throws Error with the compiler's words */
  readonly compile: (options: object) => Promise<void>;
  readonly remove: () => Promise<void>;
}

export async function installPackage(): Promise<InstalledPackage> {
  const folder = await mkdtemp(join(tmpdir(), "recordgate-package-"));
  const { stdout } = await run(npm, ["pack", "--ignore-scripts", "--pack-destination", folder]);
  const tarball = join(folder, stdout.trim().split("\n").at(-1) ?? "");
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "elsewhere", private: true, type: "module" }));
  await cp(".npmrc", join(folder, ".npmrc"));
  const answer = await run(npm, ["install", "--no-audit", "--no-fund", "--omit=dev", tarball], { cwd: folder });
  return {
    folder,
    installed: answer.stdout + answer.stderr,
    run: async (script) => (await run(process.execPath, [script], { cwd: folder })).stdout,
    compile: async (options) => {
      await writeFile(join(folder, "tsconfig.json"), JSON.stringify(options));
      await run(process.execPath, [compiler, "-p", "."], { cwd: folder }).catch((error: unknown) => {
        const { stdout: told } = Object(error) as { readonly stdout?: string }; // as execFile rejects
        throw new Error(told, { cause: error });
      });
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
