import { isJsonObject, type JsonObject, type JsonValue } from "../../../src/json/value.js";
import { createTestApp, type TestApp } from "../../../src/test-app.js";
import type { Mutation } from "../write-form.js";
import type { CaseWorld, CaseWorlds } from "../case-world.js";
import { systemCaller } from "../../../src/core/access/caller.js";
import type { SendOperation } from "../../service/open-test-app.js";
import { mutationOf, type CaseRun } from "../run-case.js";

const errorFields = `... on WriteError { message provider retryable safeToResend outcome upstream { httpStatus code message requestId } }
  ... on WriteInvalidInputError { violations { recordIndex field rule message } }
  ... on WritePermissionDeniedError { requiredScope }
  ... on WritePayloadTooLargeError { limit actual unit }
  ... on WriteRateLimitedError { retryAfterMs }
  ... on WriteNotReadyError { retryAfterMs }`;

/** Selects every field of a write's result except the collection, which a remote provider does not have. */
const documents = {
  insertRecords: `mutation ($input: InsertRecordsInput!) { result: insertRecords(input: $input) { __typename
    ... on InsertRecordsSuccess { insertedCount skippedCount ids warnings }
    ... on InsertRecordsAccepted { task { id status progress totalCount successCount failCount createdAt finishedAt } } ${errorFields} } }`,
  upsertEntities: `mutation ($input: UpsertEntitiesInput!) { result: upsertEntities(input: $input) { __typename
    ... on UpsertEntitiesSuccess { upsertedCount ids warnings } ${errorFields} } }`,
};

/** Programs whose provider is remote: the REST face of another program stands for the real service. */
export class RemoteApps {
  readonly #apps = new Map<string, TestApp>();

  async of({ baseUrl, environment, token, clock }: CaseWorld, provider: string): Promise<TestApp> {
    const prefix = provider.toUpperCase();
    const own = { [`${prefix}_BASE_URL`]: baseUrl, ...(token !== undefined && { [`${prefix}_TOKEN`]: token }) };
    const all = { ...environment, ...own };
    const key = JSON.stringify(all);
    const remote = this.#apps.get(key) ?? (await createTestApp({ environment: all, clock, caller: systemCaller }));
    this.#apps.set(key, remote);
    return remote;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#apps.values()].map((app) => app.close()));
  }
}

interface Comparison {
  readonly embedded: JsonValue;
  readonly remote: JsonValue;
}

/** The complete responses to the mutation of a case, from the embedded service and from the REST face. */
export async function compareTransports(
  run: CaseRun,
  { worlds, remotes }: { readonly worlds: CaseWorlds; readonly remotes: RemoteApps },
): Promise<Comparison> {
  const mutation = mutationOf(run);
  if (mutation === undefined) throw new Error(`no mutation corresponds to ${run.label}`);
  const { id } = run.provider;
  const embedded = await worlds.lend(run, ({ graphql }) => ask(graphql, id, mutation));
  const remote = await worlds.lend(run, async (world) => {
    const app = await remotes.of(world, id);
    return ask((document, variables) => app.graphql(document, variables), id, mutation);
  });
  // A limit of the contract is checked before sending: the service did not answer.
  return isUnsent(remote)
    ? { embedded: withoutUpstream(embedded), remote: withoutUpstream(remote) }
    : { embedded, remote };
}

function isUnsent(data: JsonValue): boolean {
  const result = isJsonObject(data) ? data["result"] : undefined;
  return isJsonObject(result) && result["upstream"] === null && result["outcome"] === "NOT_APPLIED";
}

function withoutUpstream(data: JsonValue): JsonValue {
  const result = isJsonObject(data) ? data["result"] : undefined;
  return isJsonObject(result) ? { result: { ...result, upstream: null } } : data;
}

async function ask(
  send: SendOperation,
  provider: string,
  { target, records, operation }: Mutation,
): Promise<JsonValue> {
  const { data = null, errors } = await send(documents[operation], {
    input: { target: { [provider]: target }, records },
  });
  // GraphQL refuses an unknown credential itself; a remote service does it in the words of its contract.
  if (errors?.[0]?.extensions?.["code"] === "UNAUTHENTICATED") return { refusedAtDoor: true };
  return replaceMadeUp(errors === undefined ? data : { errors: errors.map(({ message }) => message) });
}

/** A task may be finished by the time that its acceptance is answered; a remote one is known by its id alone. */
const stateOfTask = Object.fromEntries(
  ["status", "progress", "successCount", "failCount", "createdAt", "finishedAt"].map((name) => [name, `some ${name}`]),
);

/** Replaces values that differ in each run: generated ids, times, and the state of a task. */
function replaceMadeUp(value: JsonValue, key = ""): JsonValue {
  if (Array.isArray(value)) return value.map((element: JsonValue) => replaceMadeUp(element, key));
  if (isJsonObject(value) && key === "task") return { ...value, ...stateOfTask, id: "some id" };
  if (isJsonObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, member]): [string, JsonValue] => [name, replaceMadeUp(member, name)]),
    ) satisfies JsonObject;
  if (typeof value !== "string") return value;
  if (key === "createdAt" || key === "requestId") return `some ${key}`;
  // The cases give short ids themselves; a long one, or one with letters, is generated.
  return (key === "ids" || key === "id") && /^(?:\d{17,}|[0-9A-Za-z]{10}|[0-9a-f]{24})$/.test(value)
    ? `some ${key}`
    : value;
}
