import { findRepeated } from "../../../contract/schema/repeated.js";
import type { CallOf, ServiceReply, ServiceContext } from "../../../contract/service.js";
import { altatechFailures } from "../failures.js";
import { botOf } from "./find-table.js";
import type { createTableContract } from "./table-contracts.js";
import { tables } from "./table.js";

export async function createTable(
  { store, ids }: ServiceContext,
  { body, caller }: CallOf<typeof createTableContract>,
): Promise<ServiceReply> {
  const repeated = findRepeated(body.fields.map(({ name }) => name));
  if (repeated !== undefined) {
    const problem = `the name \`${repeated}\` is given twice`;
    throw altatechFailures.refuse("field-name-invalid", { problem }, [
      { field: "fields", rule: "unique-name", message: problem },
    ]);
  }
  const wanted = tables.toCollection({ ...body, bot_id: botOf(caller) }, ids);
  const { created, collection } = await store.collections.createCollection(wanted);
  if (collection === undefined) throw altatechFailures.refuse("bot-not-accessible");
  if (!created) throw altatechFailures.refuse("table-name-exists");
  return { body: { code: 0, message: "OK", data: collection.name }, collectionId: collection.id };
}
