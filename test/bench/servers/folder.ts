import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endAtExit } from "./at-exit.js";

/** A temporary folder that is removed at the latest when this process ends. */
export interface Folder {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

export async function createFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "recordgate-bench-"));
  const forget = endAtExit(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    remove: async () => {
      await rm(path, { recursive: true, force: true });
      forget();
    },
  };
}
