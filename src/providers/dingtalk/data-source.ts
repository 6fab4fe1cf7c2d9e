import { z } from "zod";
import { defineDataSource } from "../../contract/data-source.js";
import { pathSegment } from "../../contract/paths.js";
import { insertRecordsContract } from "./contract.js";

/** The forms of the values are for the contract to judge, in its own words. */
const sheetTarget = z.strictObject({
  baseId: pathSegment.describe("Id of the base."),
  sheetIdOrName: pathSegment.describe("Id of the sheet, or else its name."),
  operatorId: z.string().describe("The unionId of whoever writes: rights in the base are judged for it."),
  clientToken: z
    .string()
    .optional()
    .describe(
      "A UUID v4 of your own: a second call with the same one inserts nothing and is refused as a duplicate. Made up for each call if not given.",
    ),
});

export const dingtalkDataSource = defineDataSource({
  target: sheetTarget,
  insertRecords: {
    contract: insertRecordsContract,
    toCall: ({ target: { baseId, sheetIdOrName, operatorId, clientToken = "" }, records }, { ids }) => {
      const isOwn = clientToken !== "";
      return {
        path: { baseId, sheetIdOrName },
        query: { operatorId, clientToken: isOwn ? clientToken : ids.uuid() },
        body: { records: records.map((fields) => ({ fields })) },
        idempotent: true,
        // A caller that asks again without a token of its own gets another one.
        repeatable: isOwn,
      };
    },
    toReceipt: ({ reply: { value } }) => ({ status: "stored", count: value.length, ids: value.map(({ id }) => id) }),
  },
});
