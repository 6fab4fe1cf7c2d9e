import { z } from "zod";
import type { Connect } from "../../contract/client.js";
import { pathSegment } from "../../contract/paths.js";
import type { DataSource, DataSourceContext } from "../../contract/provider.js";
import { insertRecords } from "./contract.js";

/** The forms of the values are for the contract to judge, in its own words. */
export const insertTarget = z.strictObject({
  baseId: pathSegment.describe("Id of the base."),
  sheetIdOrName: pathSegment.describe("Id of the sheet, or else its name."),
  operatorId: z.string().describe("The unionId of whoever writes: rights in the base are judged for it."),
  clientToken: z
    .string()
    .optional()
    .describe("A UUID v4 of your own: a second call with the same one inserts nothing and is refused as a duplicate. Made up for each call if not given."),
});

export function createDataSource(connect: Connect, { ids }: DataSourceContext): DataSource {
  const send = connect(insertRecords);
  return {
    insertRecords: async ({ target, records, origin }, signal) => {
      const { baseId, sheetIdOrName, operatorId, clientToken = "" } = insertTarget.parse(target);
      const isOwn = clientToken !== "";
      const call = {
        path: { baseId, sheetIdOrName },
        query: { operatorId, clientToken: isOwn ? clientToken : ids.uuid() },
        body: { records: records.map((fields) => ({ fields })) },
        idempotent: true,
        // Whoever asks again without a token of his own gets another one.
        repeatable: isOwn,
      };
      const { reply, collectionId } = await send({ ...call, origin }, signal);
      const inserted = reply.value.map(({ id }) => id);
      return { status: "stored", count: inserted.length, skippedCount: 0, ids: inserted, warnings: [], replayed: false, collectionId };
    },
  };
}
