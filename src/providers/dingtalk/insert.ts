import { refusal } from "../../contract/failures.js";
import { readParameter } from "../../contract/message.js";
import type { ServiceCall, ServiceReply } from "../../contract/service.js";
import type { BatchOutcome } from "../../core/collection.js";
import type { JsonObject } from "../../core/json.js";
import { troubleOf } from "./base.js";
import { checkClientToken, clientTokenClaim, clientTokenMs } from "./client-token.js";
import { NewChoices } from "./new-choices.js";
import { openSheet, type OpenedSheet } from "./open-sheet.js";
import { readRecords } from "./record-reader.js";
import { operatorMember } from "./record-view.js";
import { repeatWhileStale } from "./repeat-while-stale.js";
import { succeed, type Context } from "./service-context.js";
import { readSheet } from "./sheet.js";

interface Insert {
  readonly records: readonly JsonObject[];
  readonly ids: readonly string[];
  readonly clientToken: string | undefined;
}

type InsertCall = ServiceCall<{ readonly records: readonly { readonly fields: JsonObject }[] }>;

export async function insert(context: Context, call: InsertCall): Promise<ServiceReply> {
  const clientToken = readParameter(call.query, "clientToken");
  const records = call.body.records.map(({ fields }) => fields);
  const wanted: Insert = { records, ids: records.map(() => context.ids.alphanumeric(10)), clientToken };
  const checkToken = (): void => checkClientToken(clientToken);
  return repeatWhileStale(async () => {
    const opened = await openSheet(context.store, { call, right: "edit", checkToken });
    const outcome = await store(context, opened, wanted);
    if (outcome === "claimed") throw refusal("duplicate-client-token");
    return outcome === "stored" ? succeed({ value: wanted.ids.map((id) => ({ id })) }, opened.collection) : undefined;
  });
}

async function store({ store: { claims, records }, clock, ids, settings }: Context, opened: OpenedSheet, wanted: Insert): Promise<BatchOutcome> {
  const { base, operatorId, collection } = opened;
  const claim = wanted.clientToken === undefined ? undefined : clientTokenClaim(opened, wanted.clientToken);
  if (claim !== undefined && (await claims.findClaim(claim.scope, claim.key)) !== undefined) return "claimed";
  const choices = new NewChoices(settings.UNKNOWN_OPTION === "create" ? () => ids.alphanumeric(10) : undefined);
  const values = readRecords(readSheet(collection.definition), wanted.records, choices);
  const trouble = troubleOf(base);
  if (trouble !== undefined) throw refusal(trouble);
  return records.insert({
    collection,
    definition: choices.addTo(collection.definition),
    records: values.map((fields, index) => ({ key: wanted.ids[index], fields: { ...fields, [operatorMember]: operatorId } })),
    claim: claim && { ...claim, result: wanted.ids, expiresAt: new Date(clock.now().getTime() + clientTokenMs) },
  });
}
