import type { Provider } from "../../src/contract/provider.js";
import { systemRequest } from "../../src/core/request-scope.js";
import type { FailureKind } from "../../src/core/failure.js";
import type { JsonObject, JsonValue } from "../../src/json/value.js";
import type { WriteOperation } from "../../src/core/write.js";
import { sampleOf } from "../conformance/sample-of.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";
import { requestOf } from "../service/write-over.js";

/** What the real service of a write says, by its contract. */
export interface ServiceWords {
  readonly provider: Provider;
  readonly operation: WriteOperation;
  readonly recordCount: number;
  readonly status: number;
  readonly success: JsonValue;
  /** A refusal with a code that must not be repeated. */
  readonly error: { readonly status: number; readonly body: JsonValue };
  /** A refusal of the credential. */
  readonly refusedCaller: { readonly status: number; readonly body: JsonValue };
  readonly echoing: (message: string) => { readonly status: number; readonly body: JsonValue };
  /** Whether the very same request cannot apply twice. */
  readonly isRepeatable: boolean;
  /** Whether a repeat by the caller cannot. */
  readonly isIdempotent: boolean;
}

export function recordsFor(provider: Provider): readonly JsonObject[] {
  return sampleOf(provider).records;
}

/** Learns the words of every write from the embedded services. */
export async function learnWords(
  providers: readonly Provider[],
  operations: readonly WriteOperation[],
): Promise<readonly ServiceWords[]> {
  const app = await openTestApp();
  try {
    const words: ServiceWords[] = [];
    for (const provider of providers) {
      await app.manageCollections.create(systemRequest, provider.id, sampleOf(provider).definition);
      for (const operation of operations)
        if (provider.targets[operation] !== undefined) words.push(await learnWord(app, provider, operation));
    }
    return words;
  } finally {
    await app.close();
  }
}

async function learnWord(app: OpenTestApp, provider: Provider, operation: WriteOperation): Promise<ServiceWords> {
  const command = { target: sampleOf(provider).target, records: recordsFor(provider) };
  const [request, again] = [
    await requestOf(provider, operation, command),
    await requestOf(provider, operation, command),
  ];
  const contract = provider.contracts.find((each) => each.operation === operation);
  if (contract === undefined) throw new Error(`${provider.id} has no contract for ${operation}`);
  const { status, body } = await app.router(provider.id)(
    { ...request, headers: { ...request.headers, ...contract.dialect.credentials.write("any") } },
    AbortSignal.timeout(10_000),
  );
  if (body === undefined || !contract.succeeded({ status, headers: {}, body }, request))
    throw new Error(`${provider.id} refuses its own sample: ${JSON.stringify(body)}`);
  const refuse = (wanted: FailureKind, message: string) => {
    const row = contract.failures.find(
      ({ kind, code, recognise }) => kind === wanted && code !== undefined && recognise === undefined,
    );
    if (row === undefined) throw new Error(`${provider.id} has no failure row with a code`);
    const body = contract.dialect.writeError({ row, message, parameters: {}, requestId: "request-1" });
    return { status: row.status, body };
  };
  const hasToken = JSON.stringify(request.query) !== JSON.stringify(again.query);
  return {
    ...{ provider, operation, recordCount: command.records.length, status, success: body },
    ...{ error: refuse("invalid-input", "this is refused"), echoing: (message) => refuse("invalid-input", message) },
    refusedCaller: refuse("unauthenticated", "this is refused"),
    ...{ isRepeatable: contract.idempotent || hasToken, isIdempotent: contract.idempotent },
  };
}
