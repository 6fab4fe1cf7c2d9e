import type { z } from "zod";
import { issueToViolation } from "../contract/schema/issues.js";
import type { JsonObject } from "../json/value.js";
import type { ExecuteWrite } from "../contract/data-source.js";
import { ProviderFailure } from "../core/failure.js";
import type { Log } from "../core/log.js";
import { RequestLeftError } from "../core/store.js";
import type { MirroredTask } from "../core/task.js";
import type { Batching, Origin, WriteOperation, WriteReceipt } from "../core/write.js";
import { defaultUpstream, type Caller } from "../core/access/caller.js";
import type { RateLimiter } from "../core/access/rate-limit.js";
import { takeFromCaller } from "./access/key-rates.js";
import type { MirrorTask } from "./mirrored-tasks.js";
import type { Policy } from "./access/policy.js";
import { refusedBeforeCall, type ProviderDirectory } from "./providers.js";
import { writeParts, type PartialReceipt } from "./split-write.js";

export interface WriteRequest {
  readonly provider: string;
  readonly operation: WriteOperation;
  /** In the form of the provider, not parsed yet. */
  readonly target: JsonObject;
  /** Plain field -> value objects, regardless of the envelope of the contract. */
  readonly records: readonly JsonObject[];
  /** Absent: `none`. */
  readonly batching?: Batching;
  readonly origin: Omit<Origin, "caller">;
}

/** The answer is a `PartialReceipt` for a write that may be split only. @throws ProviderFailure */
export type WriteRecords = (
  caller: Caller,
  request: WriteRequest,
  signal: AbortSignal | undefined,
) => Promise<WriteReceipt | PartialReceipt>;

export function createWriteRecords({
  directory,
  policy,
  mirrorTask,
  recordRate,
  log,
  closing,
}: {
  readonly directory: ProviderDirectory;
  readonly policy: Policy;
  readonly mirrorTask: MirrorTask;
  /** The limit of every key; absent: none. */
  readonly recordRate?: RateLimiter;
  readonly log: Pick<Log, "error">;
  /** Aborts when the program begins to stop: a split write then begins no further part. */
  readonly closing?: AbortSignal;
}): WriteRecords {
  return async (caller, { provider: id, operation, target, records, batching, origin }, signal) => {
    const connected = directory.get(id);
    const { provider, dataSource } = connected;
    const schema = provider.targets[operation];
    const write = dataSource[operation];
    if (schema === undefined || write === undefined) throw new Error(`provider ${id} has no operation ${operation}`);
    const parsed = parseTarget(id, schema, target);
    const space = provider.spaceOfTarget?.(parsed);
    const writer = policy.writerTo(caller, connected, space);
    if (recordRate !== undefined)
      await takeFromCaller(recordRate, caller, { points: records.length, unit: "records", provider: id });
    const command = { target: parsed, records, origin: { caller: writer, ...origin } };
    const writeOnce =
      connected.remoteTasks?.ask === undefined
        ? write
        : mirrorTasksOf(write, (taskId, totalCount) =>
            mirrorTask({ provider: id, mirrors: { upstream: defaultUpstream, id: taskId, space }, totalCount }),
          );
    if (batching !== "split") return await writeOnce(command, signal);
    if (dataSource.cut === undefined) throw new Error(`provider ${id} cannot split writes`);
    const takePart = dataSource.cut(operation, command);
    return writeParts({
      records,
      takePart,
      write: async (some, part) => {
        if (part.index > 0 && closing?.aborted) throw refusedWhileClosing(id);
        return writeOnce({ ...command, records: some, part }, signal);
      },
      reportDefect: (defect) => {
        const requestId = origin.requestId?.();
        if (!(defect instanceof RequestLeftError))
          log.error({ provider: id, requestId, error: defect }, "a part of a split write failed unexpectedly");
        return toMaskedFailure(id, { defect, requestId });
      },
    });
  };
}

/** The same write, with a mirror of each task that it answers, also where the caller did not wait for the answer. */
function mirrorTasksOf(
  write: ExecuteWrite,
  mirror: (taskId: string, totalCount: number) => Promise<MirroredTask>,
): ExecuteWrite {
  return async (command, signal) => {
    const withMirror = async (receipt: WriteReceipt): Promise<WriteReceipt> =>
      receipt.status === "stored"
        ? receipt
        : { ...receipt, mirror: await mirror(receipt.taskId, command.records.length) };
    const receiveLate = async (receipt: WriteReceipt): Promise<void> => {
      await withMirror(receipt);
    };
    return withMirror(await write({ ...command, receiveLate }, signal));
  };
}

function refusedWhileClosing(provider: string): ProviderFailure {
  const message = `${provider}: Recordgate stopped before the call began`;
  return refusedBeforeCall({ provider, kind: "unavailable", message }).as({ retry: "yes" });
}

/** The caller is told the id under which the defect is logged. */
function toMaskedFailure(
  provider: string,
  { defect, requestId }: { readonly defect: unknown; readonly requestId: string | undefined },
): ProviderFailure {
  const message = requestId === undefined ? "internal error" : `internal error, logged as request ${requestId}`;
  return new ProviderFailure(
    { provider, kind: "internal", retry: "only-if-idempotent", message, idempotent: false, outcome: "unknown" },
    { cause: defect },
  );
}

function parseTarget(provider: string, schema: z.ZodObject, target: JsonObject): JsonObject {
  const parsed = schema.safeParse(target);
  // A target schema maps JSON to JSON.
  if (parsed.success) return parsed.data as JsonObject;
  const violations = parsed.error.issues.map((issue) => issueToViolation(issue, "target"));
  const message = violations.map(({ field, message: problem }) => `${field ?? "target"}: ${problem}`).join("; ");
  throw refusedBeforeCall({ provider, kind: "invalid-input", message, violations });
}
