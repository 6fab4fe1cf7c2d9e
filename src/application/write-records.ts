import type { z } from "zod";
import { issueToViolation } from "../contract/schema/issues.js";
import type { JsonObject } from "../json/value.js";
import type { Origin, WriteOperation, WriteReceipt } from "../core/write.js";
import { defaultUpstream, type Caller } from "../core/access/caller.js";
import type { RateLimiter } from "../core/access/rate-limit.js";
import { takeFromCaller } from "./access/key-rates.js";
import type { MirrorTask } from "./mirrored-tasks.js";
import type { Policy } from "./access/policy.js";
import { refusedBeforeCall, type ProviderDirectory } from "./providers.js";

export interface WriteRequest {
  readonly provider: string;
  readonly operation: WriteOperation;
  /** In the form of the provider, not parsed yet. */
  readonly target: JsonObject;
  /** Plain field -> value objects, regardless of the envelope of the contract. */
  readonly records: readonly JsonObject[];
  readonly origin?: Omit<Origin, "caller">;
}

/** @throws ProviderFailure */
export type WriteRecords = (caller: Caller, request: WriteRequest, signal: AbortSignal) => Promise<WriteReceipt>;

export function createWriteRecords({
  directory,
  policy,
  mirrorTask,
  recordRate,
}: {
  readonly directory: ProviderDirectory;
  readonly policy: Policy;
  readonly mirrorTask: MirrorTask;
  /** The limit of every key; absent: none. */
  readonly recordRate?: RateLimiter;
}): WriteRecords {
  return async (caller, { provider: id, operation, target, records, origin }, signal) => {
    const connected = directory.get(id);
    const { provider, dataSource } = connected;
    const schema = provider.targets[operation];
    const write = dataSource[operation];
    if (schema === undefined || write === undefined) throw new Error(`provider ${id} has no operation ${operation}`);
    const parsed = parseTarget(id, schema, target);
    const space = provider.spaceOfTarget?.(parsed);
    const writer = policy.writerTo(caller, connected, space);
    await takeFromCaller(recordRate, caller, { points: records.length, unit: "records", provider: id });
    const receipt = await write({ target: parsed, records, origin: { ...origin, caller: writer } }, signal);
    if (receipt.status === "stored" || connected.remoteTasks?.ask === undefined) return receipt;
    const mirrors = { upstream: defaultUpstream, id: receipt.taskId, space };
    return { ...receipt, mirror: await mirrorTask({ provider: id, mirrors, totalCount: records.length }) };
  };
}

function parseTarget(provider: string, schema: z.ZodObject, target: JsonObject): JsonObject {
  const parsed = schema.safeParse(target);
  // A target schema maps JSON to JSON.
  if (parsed.success) return parsed.data as JsonObject;
  const violations = parsed.error.issues.map((issue) => issueToViolation(issue, "target"));
  const message = violations.map(({ field, message: problem }) => `${field ?? "target"}: ${problem}`).join("; ");
  throw refusedBeforeCall({ provider, kind: "invalid-input", message, violations });
}
