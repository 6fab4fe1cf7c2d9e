import { stat } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout } from "node:timers/promises";
import { isSystemError } from "../folder-error.js";
import type { LockFile, LockHolder } from "./lock-file.js";

export interface SilenceOptions {
  /** A holder whose lock file did not change for so long is dead, in milliseconds. */
  readonly silenceMs: number;
  /** Called once, with the time that is left, before a wait. */
  readonly onWait: (waitMs: number) => void;
}

/**
 * Answers whether the lock file stays unchanged for the whole time, measured by this process: clocks of two machines
 * differ. Only a file of the same host counts its age.
 */
export async function staysSilent(lock: LockFile, holder: LockHolder, options: SilenceOptions): Promise<boolean> {
  const { silenceMs, onWait } = options;
  const first = await readChange(lock);
  if (first === undefined) return true;
  const age = holder.host === hostname() ? Math.max(0, Date.now() - first) : 0;
  const waitMs = silenceMs - age;
  if (waitMs <= 0) return true;
  onWait(waitMs);
  const end = performance.now() + waitMs;
  while (performance.now() < end) {
    await setTimeout(Math.min(1000, waitMs / 10));
    const now = await readChange(lock);
    if (now === undefined) return true;
    if (now !== first) return false;
  }
  return true;
}

/** Undefined for a file that is gone. */
async function readChange({ path }: LockFile): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (isSystemError(error, "ENOENT")) return undefined;
    throw error;
  }
}
