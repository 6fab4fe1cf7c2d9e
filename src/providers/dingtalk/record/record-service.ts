import type { CallOf, ServiceReply } from "../../../contract/service.js";
import { quoteText } from "../../../json/quote.js";
import type { Collection } from "../../../core/collection.js";
import { checkClientToken, clientTokenClaim } from "./client-token.js";
import { dingtalkFailures } from "../failures.js";
import { refuseArgument } from "../sheet/new-sheet.js";
import { openBase, openSheet } from "../sheet/open-sheet.js";
import { readPageToken, writePageToken } from "./page-token.js";
import {
  maxPageRecords,
  type findChangedRecordsContract,
  type getRecordContract,
  type listRecordsContract,
} from "./record-contracts.js";
import { showRecord } from "./record-view.js";
import { succeed, type Context } from "../service-context.js";
import { readSheet } from "../sheet/sheet.js";

export async function listRecords({ store }: Context, call: CallOf<typeof listRecordsContract>): Promise<ServiceReply> {
  const { maxResults: first = maxPageRecords, nextToken = "", fieldIdOrNames = [] } = call.body;
  const { collection } = await openSheet(store.collections, { call, right: "read" });
  const isWanted = pickFields(collection, fieldIdOrNames);
  const after = nextToken === "" ? undefined : readPageToken(collection, nextToken);
  if (nextToken !== "" && after === undefined)
    throw refuseArgument("nextToken", "page-token", `'${quoteText(nextToken)}' is not a token of this sheet`);
  const { items, keys, hasNextPage } = await store.records.listRecords(collection, { first, after });
  const last = hasNextPage ? keys.at(-1) : undefined;
  return succeed({
    hasMore: hasNextPage,
    nextToken: last === undefined ? "" : writePageToken(collection, last),
    records: items.map((record) => showRecord(collection, record, isWanted)),
  });
}

/** Tests whether a field is requested, by its present name. @throws RefusalError for a field that does not exist */
function pickFields({ definition }: Collection, fieldIdOrNames: readonly string[]): (name: string) => boolean {
  const { byId, byName } = readSheet(definition);
  const wanted = fieldIdOrNames.map((idOrName) => {
    const field = byId.get(idOrName) ?? byName.get(idOrName);
    if (field === undefined)
      throw refuseArgument("fieldIdOrNames", "unknown-field", `the field '${quoteText(idOrName)}' does not exist`);
    return field.name;
  });
  const names = new Set(wanted);
  return (name) => names.size === 0 || names.has(name);
}

export async function getRecord({ store }: Context, call: CallOf<typeof getRecordContract>): Promise<ServiceReply> {
  const { recordId } = call.path;
  const { collection } = await openSheet(store.collections, { call, right: "read" });
  const [record] = await store.records.recordsByKey(collection, [recordId]);
  if (record === undefined)
    throw dingtalkFailures.refuse("resource-not-found", {
      problem: `the record '${quoteText(recordId)}' does not exist`,
    });
  return succeed(showRecord(collection, record, () => true));
}

/** Answers no ids for a token that is unknown or older than 24 hours. */
export async function findChangedRecords(
  { store }: Context,
  call: CallOf<typeof findChangedRecordsContract>,
): Promise<ServiceReply> {
  const { clientToken } = call.body;
  const opened = await openBase(store.collections, {
    call,
    right: "read",
    checkToken: () => checkClientToken(clientToken),
  });
  const { scope, key } = clientTokenClaim(opened, clientToken);
  const claim = await store.claims.findClaim(scope, key);
  return succeed({ changedRecordIds: claim?.result ?? [] });
}
