import { createUpstream, type Upstream, type UpstreamOptions } from "../../src/contract/client/upstream.js";
import { scanLog } from "../scan/scan.js";
import { createWaitlessClock } from "./waitless-clock.js";

/** An upstream whose waits take no time. */
export function openUpstream(options: Partial<UpstreamOptions> = {}): Upstream {
  const clock = createWaitlessClock();
  return createUpstream({
    provider: "upstream",
    clock,
    log: scanLog,
    resend: { maxAttempts: 3, clock, jitter: () => 0 },
    defaultDeadlineMs: 30_000,
    concurrency: 10,
    maxWaiting: 10,
    ...options,
  });
}
