import type { JsonObject } from "../../src/json/value.js";
import type { WriteOperation } from "../../src/core/write.js";
import type { TestApp } from "../../src/test-app.js";

const fields = `__typename
  ... on WriteError { message provider retryable safeToResend outcome upstream { httpStatus code message } }
  ... on WriteInvalidInputError { violations { recordIndex field rule message } }
  ... on WritePermissionDeniedError { requiredScope }
  ... on WritePayloadTooLargeError { limit actual unit }
  ... on WriteRateLimitedError { retryAfterMs }`;

const inserted = `${fields} ... on InsertRecordsSuccess { insertedCount skippedCount ids warnings }
  ... on InsertRecordsAccepted { task { totalCount } }`;
const upserted = `${fields} ... on UpsertEntitiesSuccess { upsertedCount ids warnings }`;
const place = "index firstRecord recordCount";

const documents: Record<WriteOperation, string> = {
  insertRecords: `mutation ($input: InsertRecordsInput!) { result: insertRecords(input: $input) { ${inserted}
    ... on InsertRecordsPartial { parts { ${place} result { ${inserted} } } } } }`,
  upsertEntities: `mutation ($input: UpsertEntitiesInput!) { result: upsertEntities(input: $input) { ${upserted}
    ... on UpsertEntitiesPartial { parts { ${place} result { ${upserted} } } } } }`,
};

export interface WriteInput {
  readonly provider: string;
  readonly operation: WriteOperation;
  readonly target: JsonObject;
  readonly records: readonly JsonObject[];
  readonly batching?: "NONE" | "SPLIT";
}

/** Writes and selects every field of the result. */
export async function write(
  app: TestApp,
  { provider, operation, target, records, batching }: WriteInput,
): Promise<Readonly<Record<string, unknown>>> {
  const { data, errors } = await app.graphql(documents[operation], {
    input: { target: { [provider]: target }, records, batching },
  });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return Object(data?.["result"]) as Record<string, unknown>; // The member of a union, whose fields the caller compares.
}
