import { build, isBuilt } from "./built-program.mjs";

process.exitCode = isBuilt() ? 0 : await build();
