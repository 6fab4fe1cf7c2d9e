import { systemCaller } from "../../src/core/access/caller.js";
import { mirrorsNothing } from "../service/mirrors-nothing.js";
import type { ManageCollections } from "../../src/application/manage-collections.js";
import { ProviderDirectory, type ConnectedProvider } from "../../src/application/providers.js";
import type { ReadRecords } from "../../src/application/read-records.js";
import { createPolicy } from "../../src/application/access/policy.js";
import { createWriteRecords } from "../../src/application/write-records.js";
import type { DataSource } from "../../src/contract/data-source.js";
import type { Provider } from "../../src/contract/provider.js";
import type { JsonObject } from "../../src/json/value.js";
import type { Log } from "../../src/core/log.js";
import type { Collection } from "../../src/core/collection.js";
import type { Page, PageRequest } from "../../src/core/page.js";
import type { StoredRecord } from "../../src/core/record.js";
import type { Task, TaskFailure } from "../../src/core/task.js";
import type { CallerRequest } from "../../src/core/request-scope.js";
import type { WriteCommand } from "../../src/core/write.js";
import { type Environment, readConfig } from "../../src/host/settings/config.js";
import { toOperationLimits } from "../../src/host/settings/graphql-settings.js";
import { createGraphql, type Graphql } from "../../src/graphql/create-graphql.js";
import { createFakeProvider } from "./fake-provider.js";
import { scanLog } from "../scan/scan.js";

const time = new Date("2026-01-02T03:04:05.678Z");

export const shelf: Collection = {
  id: "c1",
  provider: "shelf",
  spaceId: "s1",
  spaceName: "home",
  name: "books",
  definition: { planks: 3 },
  version: 1,
  spaceVersion: 1,
  createdAt: time,
};

export function recordOf(number: number, fields: JsonObject = { title: `book ${number}` }): StoredRecord {
  return {
    id: `c1.${number}`,
    number: BigInt(number),
    collectionId: "c1",
    key: String(number),
    fields,
    insertedAt: time,
  };
}

export function taskOf(id: string, details: Partial<Task> = {}): Task {
  return { id, provider: "shelf", collectionId: "c1", state: "pending", totalCount: 2, createdAt: time, ...details };
}

export interface FakeWorldOptions {
  readonly providers?: readonly Provider[];
  readonly dataSource?: DataSource;
  readonly mode?: ConnectedProvider["mode"];
  readonly manage?: Partial<ManageCollections>;
  readonly collections?: readonly Collection[];
  readonly records?: readonly StoredRecord[];
  readonly tasks?: readonly Task[];
  readonly failures?: readonly TaskFailure[];
  /** Settings of the limits and switches, by their variables. */
  readonly settings?: Environment;
  /** Every read fails with this. */
  readonly broken?: Error;
}

export interface FakeWorld extends Graphql {
  /** The reads that were asked for, by name. */
  readonly reads: string[];
  readonly commands: WriteCommand[];
  readonly logged: { readonly details: object; readonly message: string }[];
}

/** The whole schema over made-up use cases. */
export async function createFakeWorld(options: FakeWorldOptions = {}): Promise<FakeWorld> {
  const {
    providers = [createFakeProvider()],
    mode = "embedded",
    collections = [shelf],
    records = [],
    tasks = [],
    failures = [],
  } = options;
  const reads: string[] = [];
  const commands: WriteCommand[] = [];
  const logged: { details: object; message: string }[] = [];
  const log = (details: object, message: string): void => void logged.push({ details, message });
  const stored: DataSource = {
    insertRecords: (command) => {
      commands.push(command);
      const ids = command.records.map((_record, index) => String(index + 1));
      return Promise.resolve({
        status: "stored",
        count: ids.length,
        skippedCount: 0,
        ids,
        warnings: [],
        collectionId: "c1",
      });
    },
  };
  const directory = new ProviderDirectory(
    providers.map((provider) => ({
      provider,
      mode,
      dataSource: options.dataSource ?? stored,
      limits: provider.contracts.flatMap(({ operation = "none", limits }) =>
        limits.map((limit) => ({ operation, ...limit })),
      ),
      failures: provider.contracts.flatMap((contract) =>
        contract.failures.map((row) => ({ contract: contract.name, row })),
      ),
    })),
  );
  const read = <T>(name: string, answer: T): Promise<T> => {
    reads.push(name);
    return options.broken === undefined ? Promise.resolve(answer) : Promise.reject(options.broken);
  };
  /** Counts as the store does. */
  const counted = ({ scope }: CallerRequest, pages: readonly Page<StoredRecord>[]): readonly Page<StoredRecord>[] => {
    for (const { storedBytes = 0 } of pages.flatMap(({ items }) => items)) scope.reads?.count(storedBytes);
    return pages;
  };
  const readRecords: ReadRecords = {
    collectionsById: (_request, ids) =>
      read(
        "collectionsById",
        ids.map((id) => collections.find((collection) => collection.id === id)),
      ),
    listCollections: (_request, _provider, page) => read("listCollections", pageOf(collections, page)),
    recordsById: (_request, ids) =>
      read(
        "recordsById",
        ids.map((id) => records.find((record) => record.id === id)),
      ),
    recordPages: async (request, requests) =>
      counted(
        request,
        await read(
          `recordPages(${requests.length})`,
          requests.map((page) => pageOf(records, page)),
        ),
      ),
    tasksById: (_request, ids) =>
      read(
        "tasksById",
        ids.map((id) => tasks.find((task) => task.id === id)),
      ),
    listTasks: (_request, _id, page) => read("listTasks", pageOf(tasks, page)),
    failurePages: (_request, requests) =>
      read(
        `failurePages(${requests.length})`,
        requests.map((page) => pageOf(failures, page)),
      ),
  };
  const unexpected = (): never => {
    throw new Error("this test manages no collections");
  };
  const config = readConfig(options.settings ?? {}, []);
  const graphql = await createGraphql({
    ids: { uuid: () => "request-1" },
    directory,
    writeRecords: createWriteRecords({
      directory,
      policy: createPolicy(directory),
      mirrorTask: mirrorsNothing,
      log: scanLog,
    }),
    manageCollections: { create: unexpected, ensure: unexpected, delete: unexpected, ...options.manage },
    readRecords,
    clock: { now: () => time },
    limits: toOperationLimits(config),
    introspection: config.INTROSPECTION === "on",
    log: { info: log, warn: log, error: log } satisfies Log,
  });
  return {
    ...graphql,
    execute: (operation) => graphql.execute({ caller: systemCaller, ...operation }),
    reads,
    commands,
    logged,
  };
}

/** Keys are positions. */
function pageOf<T>(items: readonly T[], { first, after }: PageRequest): Page<T> {
  const start = after === undefined ? 0 : Number(after) + 1;
  const shown = items.slice(start, start + first);
  return {
    items: shown,
    keys: shown.map((_item, index) => String(start + index)),
    hasNextPage: start + first < items.length,
  };
}
