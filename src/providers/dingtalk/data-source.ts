import { z } from "zod";
import { defineDataSource } from "../../contract/data-source.js";
import { pathSegment } from "../../contract/paths.js";
import { insertRecordsContract } from "./contract.js";

/** Any text passes: the contract checks the forms, so that its own messages answer wrong ones. */
const sheetTarget = z.strictObject({
  baseId: pathSegment.describe("Id of the base."),
  sheetIdOrName: pathSegment.describe("Id or name of the sheet."),
  operatorId: z.string().describe("The unionId of the operator: its rights in the base decide."),
  clientToken: z
    .string()
    .optional()
    .describe(
      "A UUID v4 of your own: a second call with the same one inserts nothing and is refused as a duplicate. Generated for each call if absent.",
    ),
});

export const dingtalkDataSource = defineDataSource({
  target: sheetTarget,
  toSpace: ({ baseId }) => baseId,
  insertRecords: {
    contract: insertRecordsContract,
    toCall: ({ target: { baseId, sheetIdOrName, operatorId, clientToken = "" }, records }, { ids }) => {
      const isOwn = clientToken !== "";
      return {
        path: { baseId, sheetIdOrName },
        query: { operatorId, clientToken: isOwn ? clientToken : ids.uuid() },
        body: { records: records.map((fields) => ({ fields })) },
        idempotent: true,
        // A generated token changes with every call, so a repeat by the caller would insert the records again.
        repeatable: isOwn,
      };
    },
    toReceipt: ({ reply: { value } }) => ({ status: "stored", count: value.length, ids: value.map(({ id }) => id) }),
  },
});
