import type { Log } from "../core/log.js";
import type { TaskQueue, TaskStore } from "../core/task.js";
import type { ProviderDirectory } from "./providers.js";

/** Works off the imports that services enqueued, each exactly once however often the queue calls. */
export function startImportWorker(options: {
  readonly directory: ProviderDirectory;
  readonly tasks: TaskStore;
  readonly queue: TaskQueue;
  readonly log: Log;
}): Promise<void> {
  const { directory, tasks, queue, log } = options;
  return queue.start(async (taskId) => {
    const pending = await tasks.pendingTask(taskId);
    if (pending === undefined) return;
    const imports = directory.find(pending.task.provider)?.provider.imports;
    if (imports === undefined) {
      log.warn({ taskId, provider: pending.task.provider }, "no registered provider works off this task");
      return;
    }
    const result = imports.process(pending);
    const outcome = await tasks.finish(result);
    if (outcome.status === "clash") await tasks.finish(imports.clash(pending, result, outcome.values));
  });
}
