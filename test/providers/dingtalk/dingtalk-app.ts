import { systemRequest } from "../../../src/core/request-scope.js";
import type { ContractReply } from "../../../src/contract/message.js";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { dingtalk } from "../../../src/providers/dingtalk/index.js";
import type { TestAppOptions } from "../../../src/test-app.js";
import { write } from "../../conformance/write.js";
import { fillRequest, type LooseRequest } from "../../contract/loose-request.js";
import type { OpenTestApp } from "../../service/open-test-app.js";
import { useApp } from "../../service/use-app.js";

export const baseId = "qnYbase0000000000000000000000001";
export const token = "550e8400-e29b-41d4-a716-446655440000";
export const target = { baseId, sheetIdOrName: "Tasks", operatorId: "editor" };

/** `tok` may write, `tok-read` may not. */
export const tokens = {
  tok: { scopes: ["Notable.Base.Write.All"] },
  "tok-read": { scopes: ["Notable.Base.Read.All"] },
};

export const definition = {
  baseId,
  operators: { editor: "edit", second: "edit", reader: "read", stranger: "none" },
  sheets: [
    {
      id: "HAcL4SD",
      name: "Tasks",
      fields: [
        { id: "tItle01", type: "text", name: "Title", primary: true },
        { id: "hOurs01", type: "number", name: "Hours" },
        { id: "sTate01", type: "singleSelect", name: "State", property: { choices: [{ name: "open" }] } },
        { id: "tAgs001", type: "multipleSelect", name: "Tags" },
      ],
    },
  ],
} as const;

/** The whole program with one base. */
export class DingtalkApp {
  readonly app: OpenTestApp;

  constructor(app: OpenTestApp) {
    this.app = app;
  }

  /** Sends an insert of one title in the form of its contract; the request may replace parts of it. */
  send({ query, ...request }: LooseRequest = {}): Promise<ContractReply> {
    const usual = {
      method: "POST",
      path: `/v1.0/notable/bases/${baseId}/sheets/Tasks/records`,
      headers: { "x-acs-dingtalk-access-token": "tok" },
      body: { records: [{ fields: { Title: "a" } }] },
    } as const;
    return this.app.router(dingtalk.id)(
      fillRequest({ ...usual, query: { operatorId: "editor", ...query } }, request),
      AbortSignal.timeout(20_000),
    );
  }

  insert(
    changes: JsonObject = {},
    records: readonly JsonObject[] = [{ Title: "a" }],
  ): Promise<Readonly<Record<string, unknown>>> {
    return write(this.app, {
      provider: dingtalk.id,
      operation: "insertRecords",
      target: { ...target, ...changes },
      records,
    });
  }

  /** Creates another base of the same kind, with one sheet. */
  async createBase(id: string, properties: JsonObject): Promise<void> {
    await this.app.manageCollections.create(systemRequest, dingtalk.id, { ...definition, ...properties, baseId: id });
  }

  /** The records of the base in their read form. */
  async stored(id = baseId): Promise<readonly JsonObject[]> {
    const { collection } = await this.app.store.collections.locate(dingtalk.id, id, "HAcL4SD");
    if (collection === undefined) throw new Error("the sheet is gone");
    const { items } = await this.app.store.records.listRecords(collection.id, { first: 1000 });
    return items.map((record) => dingtalk.collections.toFields(collection, record));
  }

  async definitionNow(): Promise<JsonValue | undefined> {
    return (await this.app.store.collections.locate(dingtalk.id, baseId, "Tasks")).collection?.definition;
  }
}

/** Opens the program once a file or block. */
export function useDingtalk(options: TestAppOptions = {}): () => DingtalkApp {
  const app = useApp({
    providers: [dingtalk],
    ...options,
    prepare: ({ manageCollections }) => manageCollections.create(systemRequest, dingtalk.id, { ...definition, tokens }),
  });
  return () => new DingtalkApp(app());
}

export function codeOf({ body }: ContractReply): unknown {
  return typeof body === "object" && body !== null && "code" in body ? body.code : undefined;
}
