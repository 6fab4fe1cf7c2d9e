import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Contract } from "../../src/contract/contract.js";
import { valueOf, type ContractReply, type ContractRequest } from "../../src/contract/message.js";
import { matchPath } from "../../src/contract/paths.js";
import type { Provider } from "../../src/contract/provider.js";
import { ProviderFailure } from "../../src/core/failure.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../src/json/value.js";
import type { WriteOperation } from "../../src/core/write.js";
import { requestOf, writeOver } from "../service/write-over.js";

/** The content of a REST request, in the terms of the mutations. */
export interface Mutation {
  readonly operation: WriteOperation;
  readonly target: JsonObject;
  readonly records: readonly JsonObject[];
}

/** The form of the requests of a write. */
export interface WriteForm {
  readonly provider: Provider;
  readonly contract: Contract;
  readonly operation: WriteOperation;
  /** The member of the body that holds the records. */
  readonly recordsMember: string;
  /** The member of a record that holds its fields; absent when the record itself holds them. */
  readonly envelope?: string;
  /** Names of the query parameters. */
  readonly query: readonly string[];
}

type SentRequest = Pick<ContractRequest, "method" | "path" | "query" | "body">;

/** Learns the forms from requests that the provider's own data sources send. */
export async function learnWriteForms(provider: Provider): Promise<readonly WriteForm[]> {
  const contracts = provider.contracts.flatMap((contract) =>
    contract.operation === undefined ? [] : [{ contract, operation: contract.operation }],
  );
  return Promise.all(contracts.map(({ contract, operation }) => learnForm(provider, contract, operation)));
}

async function learnForm(provider: Provider, contract: Contract, operation: WriteOperation): Promise<WriteForm> {
  const record = { field: "value" };
  const { body: sent, query } = await requestOf(provider, operation, {
    target: provider.samples[0]?.target ?? {},
    records: [record],
  });
  const body = valueOf(sent);
  for (const [recordsMember, value] of Object.entries(isJsonObject(body) ? body : {})) {
    const first = isJsonArray(value) ? value[0] : undefined;
    const form = { provider, contract, operation, recordsMember, query: Object.keys(query) };
    if (isDeepStrictEqual(first, record)) return form;
    const [envelope] =
      Object.entries(isJsonObject(first) ? first : {}).find(([, member]) => isDeepStrictEqual(member, record)) ?? [];
    if (envelope !== undefined) return { ...form, envelope };
  }
  throw new Error(`${provider.id} sends records in a form that the runner does not recognise`);
}

export function findForm(
  forms: readonly WriteForm[],
  { method, path }: Pick<ContractRequest, "method" | "path">,
): WriteForm | undefined {
  return forms.find(({ contract }) => contract.method === method && matchPath(contract.path, path) !== undefined);
}

/** Undefined when no well-formed mutation corresponds to the request. */
export function toMutation(form: WriteForm, request: SentRequest): Mutation | undefined {
  const { operation, provider } = form;
  const target = targetOf(provider, form, request);
  const records = recordsOf(form, valueOf(request.body));
  if (records === undefined || provider.targets[operation]?.safeParse(target).success !== true) return undefined;
  return { operation, target, records };
}

/** The target of records that a request of any of the provider's contracts names. */
export function targetOf(
  { contracts, targets }: Provider,
  { operation, query: parameters }: WriteForm,
  { method, path, query, body: sent }: SentRequest,
): JsonObject {
  const body = valueOf(sent);
  const contract = contracts.find((each) => each.method === method && matchPath(each.path, path) !== undefined);
  const place = matchPath(contract?.path ?? "", path) ?? {};
  const members = isJsonObject(body) ? body : {};
  return Object.fromEntries(
    Object.entries(targets[operation]?.shape ?? {}).flatMap(([name, schema]): [string, JsonValue][] => {
      // An absent query parameter counts as an empty one.
      const absent = parameters.includes(name) && !z.safeParse(schema, undefined).success ? "" : undefined;
      const value = place[name] ?? [query[name] ?? []].flat()[0] ?? members[name] ?? absent;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function recordsOf(
  { contract, recordsMember, envelope }: WriteForm,
  body: JsonValue | undefined,
): readonly JsonObject[] | undefined {
  const value = isJsonObject(body) ? body[recordsMember] : undefined;
  const isAccepted = contract.body.safeParse(body).success;
  // A contract that accepts them treats a lone record, and one without its envelope, as records.
  const records = isJsonObject(value) && isAccepted ? [value] : value;
  if (!isJsonArray(records)) return undefined;
  const fields = records.map((record) => {
    const inner =
      isJsonObject(record) && envelope !== undefined && (Object.keys(record).length === 1 || !isAccepted)
        ? record[envelope]
        : record;
    return isJsonObject(inner) || !isAccepted ? inner : record;
  });
  return fields.every(isJsonObject) ? fields : undefined;
}

/** The receipt that the data source reads from the reply; undefined when it reads a failure. */
export async function readReceipt(
  { provider, operation }: WriteForm,
  records: number,
  reply: ContractReply,
): Promise<{ readonly count?: number; readonly ids?: readonly string[] }> {
  const write = writeOver(provider, () => Promise.resolve(reply));
  try {
    const receipt = await write(operation, {
      target: provider.samples[0]?.target ?? {},
      records: Array<JsonObject>(records).fill({}),
    });
    return receipt.status === "accepted" ? { count: 1, ids: [receipt.taskId] } : receipt;
  } catch (error) {
    if (error instanceof ProviderFailure) return {};
    throw error;
  }
}
