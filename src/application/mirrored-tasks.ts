import { defaultUpstream } from "../core/access/caller.js";
import type { IdSource } from "../core/clock.js";
import { ProviderFailure } from "../core/failure.js";
import type { Log } from "../core/log.js";
import { StoreUnavailableError } from "../core/store.js";
import type { MirroredTask, MirrorQueue, MirrorResult, NewMirror, TaskAttempt, TaskStore } from "../core/task.js";
import type { FollowedTasks, ProviderDirectory } from "./providers.js";

/** Stores a task that a real service has accepted, so that it is asked for. @throws ProviderFailure */
export type MirrorTask = (accepted: Omit<NewMirror, "id">) => Promise<MirroredTask>;

export function createMirrorTask({
  tasks,
  ids,
  log,
}: {
  readonly tasks: Pick<TaskStore, "mirror">;
  readonly ids: Pick<IdSource, "uuid">;
  readonly log: Log;
}): MirrorTask {
  return async (accepted) => {
    const { provider, mirrors } = accepted;
    try {
      return await tasks.mirror({ ...accepted, id: ids.uuid() });
    } catch (error) {
      log.error({ error, provider, upstreamTaskId: mirrors.id }, "a task of a remote service could not be stored");
      throw toUnmirrored(accepted, error);
    }
  };
}

/** The service has accepted the records, and nothing here will know what became of them. */
function toUnmirrored({ provider, mirrors }: Omit<NewMirror, "id">, cause: unknown): ProviderFailure {
  const message = `${provider} has accepted the records as its task ${mirrors.id}, which could not be stored here: only the service knows how it ends`;
  const kind = cause instanceof StoreUnavailableError ? "unavailable" : "internal";
  return new ProviderFailure(
    { provider, kind, retry: "no", message, idempotent: false, outcome: "unknown" },
    { cause },
  );
}

interface MirrorWorkerOptions {
  readonly directory: ProviderDirectory;
  readonly tasks: Pick<TaskStore, "pendingMirror" | "finishMirror">;
  readonly queue: MirrorQueue;
  readonly log: Log;
}

/**
 * Asks real services for the tasks that they have accepted. The tasks of a provider that is embedded again end as well,
 * when their time has passed.
 */
export function startMirrorWorker({ directory, tasks, queue, log }: MirrorWorkerOptions): Promise<void> {
  const followed = new Map(
    directory.list().flatMap(({ provider, remoteTasks }) => (remoteTasks ? [[provider.id, remoteTasks] as const] : [])),
  );
  async function ask(taskId: string, attempt: TaskAttempt): Promise<number | undefined> {
    const task = await tasks.pendingMirror(taskId);
    if (task === undefined) return undefined;
    const kind = followed.get(task.provider);
    if (kind === undefined) throw new Error(`the queue delivered a task of ${task.provider}, which has no tasks`);
    const end = await askOnce(task, { kind, attempt });
    if (typeof end === "number") return end;
    if (end.error?.kind === "timeout") {
      const { provider, mirrors } = task;
      log.warn(
        { provider, taskId, upstreamTaskId: mirrors.id },
        "a task of a remote service is not asked for any more",
      );
    }
    await tasks.finishMirror({ ...end, taskId });
    return undefined;
  }
  const onlyLeft = [...followed.values()].every((kind) => kind.ask === undefined);
  return queue.start({ providers: [...followed.keys()], ask, onlyLeft });
}

/** The end of the task, or the pause before the next time. */
async function askOnce(
  task: MirroredTask,
  { kind, attempt: { attempt, stopping } }: { readonly kind: FollowedTasks; readonly attempt: TaskAttempt },
): Promise<Omit<MirrorResult, "taskId"> | number> {
  const { mirrors, totalCount } = task;
  const canAsk = kind.ask !== undefined && mirrors.upstream === defaultUpstream;
  // More attempts than that were begun only where processes died.
  if (canAsk && attempt <= kind.polls) {
    // A failed call is logged as every other one, and is not an answer about the task.
    const end = await kind.ask({ id: mirrors.id, totalCount }, stopping).catch(ignoreFailure);
    if (end !== undefined) return end;
  }
  return attempt < kind.polls || stopping.aborted ? kind.pauseAfter(attempt) : endWithoutAnswer(task, canAsk);
}

function ignoreFailure(error: unknown): undefined {
  if (!(error instanceof ProviderFailure)) throw error;
}

function endWithoutAnswer({ provider, mirrors }: MirroredTask, canAsk: boolean): Omit<MirrorResult, "taskId"> {
  const problem = canAsk
    ? `${provider} has not told in time how its task ${mirrors.id} ended`
    : `${provider} is not a remote service here any more, so its task ${mirrors.id} is not asked for`;
  const message = `${problem}: the records may be stored`;
  return { state: "failed", error: { kind: "timeout", message, outcome: "unknown" }, failures: [] };
}
