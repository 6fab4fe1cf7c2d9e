import { realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { build, isBuilt } from "./built-program.mjs";

if (!isBuilt()) {
  process.stderr.write("building…\n");
  const exitCode = await build();
  if (exitCode !== 0) process.exit(exitCode);
}
// In this very process: signals, the terminal and the exit code are the program's own.
const program = realpathSync("dist/main.js");
process.argv[1] = program;
await import(pathToFileURL(program).href);
