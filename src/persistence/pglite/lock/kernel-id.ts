import { readFileSync } from "node:fs";
import { hostname } from "node:os";

const bootIdFile = "/proc/sys/kernel/random/boot_id";

/**
 * Identifies the running kernel: a boot of Linux, elsewhere the host. Only a process of the same kernel can learn by a
 * socket whether another one is alive. Containers of one host share a kernel.
 */
export function readKernelId(): string {
  try {
    return readFileSync(bootIdFile, "utf8").trim();
  } catch {
    return hostname();
  }
}
