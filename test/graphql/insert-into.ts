import type { FakeWorld } from "./fake-world.js";

export const insertMutation = `mutation ($target: InsertTarget!, $records: [JSONObject!]!) {
  insertRecords(input: { target: $target, records: $records }) {
    __typename
    ... on InsertRecordsSuccess { insertedCount skippedCount ids warnings collection { id name provider { id } } }
    ... on InsertRecordsAccepted { task { id status progress totalCount successCount createdAt collection { id } } }
    ... on WriteError { message provider retryable safeToResend outcome upstream { httpStatus code message requestId } }
    ... on WriteInvalidInputError { violations { recordIndex field rule message } }
    ... on WritePermissionDeniedError { requiredScope }
    ... on WritePayloadTooLargeError { limit actual unit }
    ... on WriteRateLimitedError { retryAfterMs }
    ... on WriteNotReadyError { retryAfterMs }
  }
}`;
export const target = { shelf: { shelf: "books" } };

export async function insertInto(world: FakeWorld, records: readonly unknown[], into: object = target) {
  const { data, errors } = await world.execute({ query: insertMutation, variables: { target: into, records } });
  return { result: data?.["insertRecords"], errors };
}
