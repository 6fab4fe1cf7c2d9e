import type { TaskQueue, TaskStore } from "../core/task.js";
import type { ProviderDirectory } from "./providers.js";

/**
 * Carries out the imports that services enqueued. Each takes effect once, even if the queue delivers its task again.
 */
export function startImportWorker(options: {
  readonly directory: ProviderDirectory;
  readonly tasks: TaskStore;
  readonly queue: TaskQueue;
}): Promise<void> {
  const { directory, tasks, queue } = options;
  const providers = directory.list().map(({ provider }) => provider);
  const importers = new Map(providers.flatMap(({ id, imports }) => (imports === undefined ? [] : [[id, imports]])));
  async function work(taskId: string): Promise<void> {
    const pending = await tasks.pendingTask(taskId);
    if (pending === undefined) return;
    const { provider } = pending.task;
    const imports = importers.get(provider);
    if (imports === undefined)
      throw new Error(`the queue delivered a task of ${provider}, which has no import service`);
    const result = imports.process(pending);
    const outcome = await tasks.finish(result);
    if (outcome.status === "clash") await tasks.finish(imports.clash(pending, result, outcome.values));
  }
  return queue.start({ providers: [...importers.keys()], work });
}
