import { writeLocated } from "../../../contract/write-located.js";
import type { CollectionLookUps } from "../../../contract/remembered-look-ups.js";
import type { CallOf, ServiceReply } from "../../../contract/service.js";
import type { BatchOutcome } from "../../../core/collection.js";
import type { JsonObject } from "../../../json/value.js";
import { simulatedFailureOf } from "../sheet/base.js";
import { checkClientToken, clientTokenClaim, clientTokenMs, readClientToken } from "./client-token.js";
import type { insertRecordsContract } from "../contract.js";
import { insertFailures } from "../failures.js";
import { NewChoices } from "./new-choices.js";
import { openSheet, type OpenedSheet } from "../sheet/open-sheet.js";
import { readSheetRecords } from "./record-reader.js";
import { operatorMember } from "./record-view.js";
import { sheetChanges, succeed, type Context } from "../service-context.js";
import { readSheet } from "../sheet/sheet.js";

interface Insert {
  readonly records: readonly JsonObject[];
  readonly ids: readonly string[];
  readonly clientToken: string | undefined;
}

export function insertRecords(context: Context, call: CallOf<typeof insertRecordsContract>): Promise<ServiceReply> {
  const clientToken = readClientToken(call.query);
  const records = call.body.records.map(({ fields }) => fields);
  const wanted: Insert = { records, ids: records.map(() => context.ids.alphanumeric(10)), clientToken };
  const checkToken = (): void => checkClientToken(clientToken);
  const attempt = async (collections: CollectionLookUps): Promise<ServiceReply | undefined> => {
    const opened = await openSheet(collections, { call, right: "edit", checkToken });
    const outcome = await store(context, opened, wanted);
    if (outcome === "claimed") throw insertFailures.refuse("duplicate-client-token");
    return outcome === "stored" ? succeed({ value: wanted.ids.map((id) => ({ id })) }, opened.collection) : undefined;
  };
  return writeLocated(context.store, attempt, sheetChanges);
}

async function store(
  { store: { claims, records }, clock, ids, settings }: Context,
  opened: OpenedSheet,
  wanted: Insert,
): Promise<BatchOutcome> {
  const { base, operatorId, collection } = opened;
  const claim = wanted.clientToken === undefined ? undefined : clientTokenClaim(opened, wanted.clientToken);
  if (claim !== undefined && (await claims.findClaim(claim.scope, claim.key)) !== undefined) return "claimed";
  const choices = new NewChoices(settings.UNKNOWN_OPTION === "create" ? () => ids.alphanumeric(10) : undefined);
  const values = readSheetRecords(readSheet(collection.definition), wanted.records, choices);
  const failure = simulatedFailureOf(base);
  if (failure !== undefined) throw insertFailures.refuse(failure);
  return records.insert({
    collection,
    definition: choices.addTo(collection.definition),
    records: values.map((fields, index) => ({
      key: wanted.ids[index],
      fields: { ...fields, [operatorMember]: operatorId },
    })),
    claim: claim && { ...claim, result: wanted.ids, expiresAt: new Date(clock.now().getTime() + clientTokenMs) },
  });
}
