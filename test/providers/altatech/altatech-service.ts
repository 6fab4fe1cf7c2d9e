import { everywhere } from "../../service/visible.js";
import type { ContractReply } from "../../../src/contract/message.js";
import { isJsonArray, isJsonObject, type JsonValue } from "../../../src/json/value.js";
import type { Task } from "../../../src/core/task.js";
import { altatech } from "../../../src/providers/altatech/index.js";
import { useService, type Service, type ServiceOptions } from "../../service/use-service.js";

export const tableId = "673af861ed69656ac0895b07";

export interface AltatechService extends Service {
  readonly importRows: (records: readonly JsonValue[]) => Promise<ContractReply>;
  /** Imports the records, carries out the task and answers it. */
  readonly importAndSettle: (records: readonly JsonValue[]) => Promise<Task>;
  readonly resultOf: (taskId: string) => Promise<JsonValue | undefined>;
}

export function useAltatech(): (options?: ServiceOptions) => AltatechService {
  const open = useService(altatech, { secret: "app-000000000000000000000001" });
  return (options) => {
    const service = open(options);
    const importRows = (records: readonly JsonValue[]): Promise<ContractReply> =>
      service.send({ body: { table_id: tableId, records } });
    return {
      ...service,
      importRows,
      importAndSettle: async (records) => {
        const taskId = taskIdOf(await importRows(records));
        await service.settle(taskId);
        const [task] = await service.store.tasks.tasksById(everywhere, [taskId]);
        if (task === undefined) throw new Error(`the task ${taskId} does not exist`);
        return task;
      },
      resultOf: async (taskId) => {
        const { body } = await service.send({
          method: "GET",
          path: "/v1/database/query/import-results",
          query: { ids: taskId },
        });
        return isJsonArray(body) ? body[0] : undefined;
      },
    };
  };
}

export function taskIdOf({ body }: ContractReply): string {
  const [id] = isJsonObject(body) && isJsonArray(body["data"]) ? body["data"] : [];
  if (typeof id !== "string") throw new Error("the reply has no task id");
  return id;
}
