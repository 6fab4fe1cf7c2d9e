import { z } from "zod";
import { refusal } from "../../contract/failures.js";
import { readParameter } from "../../contract/message.js";
import type { ServiceContext } from "../../contract/provider.js";
import { endpoint, type Endpoint, type ServiceCall, type ServiceReply } from "../../contract/service.js";
import type { JsonObject } from "../../core/json.js";
import type { BatchOutcome } from "../../core/collection.js";
import { troubleOf } from "./base.js";
import { insertRecords } from "./contract.js";
import { providerId } from "./dialect.js";
import { NewChoices } from "./new-choices.js";
import { openSheet, type OpenedSheet } from "./open-sheet.js";
import { readRecords } from "./record-reader.js";
import { readSheet } from "./sheet.js";
import { showText } from "./text.js";

type Context = ServiceContext<{ readonly UNKNOWN_OPTION: "reject" | "create" }>;

export function createService(context: Context): readonly Endpoint[] {
  return [endpoint(insertRecords, (call) => insert(context, call))];
}

interface Insert {
  readonly records: readonly JsonObject[];
  readonly ids: readonly string[];
  readonly clientToken: string | undefined;
}

/** The sheet may change while records are checked; several requests may add options at once, and one of them gets through each time. */
const mostAttempts = 20;

async function insert(context: Context, { path, query, body }: ServiceCall<{ readonly records: readonly { readonly fields: JsonObject }[] }>): Promise<ServiceReply> {
  const { baseId = "", sheetIdOrName = "" } = path;
  const operatorId = readParameter(query, "operatorId") ?? "";
  const clientToken = readParameter(query, "clientToken");
  const records = body.records.map(({ fields }) => fields);
  const wanted: Insert = { records, ids: records.map(() => context.ids.alphanumeric(10)), clientToken: clientToken?.toLowerCase() };
  const checkToken = (): void => checkForm(clientToken);
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const opened = await openSheet(context.store, { baseId, sheetIdOrName, operatorId, checkToken });
    const outcome = await store(context, opened, wanted);
    if (outcome === "claimed") throw refusal("duplicate-client-token");
    if (outcome === "stored") return { body: { value: wanted.ids.map((id) => ({ id })) }, headers: success, collectionId: opened.collection.id };
  }
  throw refusal("service-unavailable");
}

const success = { "content-type": "application/json" };

const uuid = z.uuidv4();

function checkForm(clientToken: string | undefined): void {
  if (clientToken === undefined || uuid.safeParse(clientToken).success) return;
  const problem = `the clientToken '${showText(clientToken)}' is not a UUID v4`;
  throw refusal("arguments-invalid", { problem }, [{ field: "clientToken", rule: "uuid", message: problem }]);
}

/** How long a token is remembered. */
const tokenMs = 24 * 3_600_000;

async function store({ store: { claims, records }, clock, ids, settings }: Context, opened: OpenedSheet, wanted: Insert): Promise<BatchOutcome> {
  const { space, base, operatorId, collection } = opened;
  const scope = `${providerId}.${space.id}.${operatorId}`;
  const { clientToken: key } = wanted;
  if (key !== undefined && (await claims.findClaim(scope, key)) !== undefined) return "claimed";
  const choices = new NewChoices(settings.UNKNOWN_OPTION === "create" ? () => ids.alphanumeric(10) : undefined);
  const values = readRecords(readSheet(collection.definition), wanted.records, choices);
  const trouble = troubleOf(base);
  if (trouble !== undefined) throw refusal(trouble);
  return records.insert({
    collection,
    definition: choices.addTo(collection.definition),
    records: values.map((fields, index) => ({ key: wanted.ids[index], fields })),
    claim: key === undefined ? undefined : { scope, key, result: wanted.ids, expiresAt: new Date(clock.now().getTime() + tokenMs) },
  });
}
