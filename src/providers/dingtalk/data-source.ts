import { z } from "zod";
import { defineDataSource } from "../../contract/data-source.js";
import { readParameter } from "../../contract/message.js";
import { pathSegment } from "../../contract/paths.js";
import { insertRecordsContract } from "./contract.js";
import { tokenOfPart } from "./record/part-token.js";
import { findChangedRecordsContract } from "./record/record-contracts.js";

/** Any text passes: the contract checks the forms, so that its own messages answer wrong ones. */
const sheetTarget = z.strictObject({
  baseId: pathSegment.describe("Id of the base."),
  sheetIdOrName: pathSegment.describe("Id or name of the sheet."),
  operatorId: z.string().describe("The unionId of the operator: its rights in the base decide."),
  clientToken: z
    .string()
    .optional()
    .describe(
      "A UUID v4 of your own: a second call with the same one inserts nothing and is refused as a duplicate. Generated for each call if absent. With `batching: SPLIT` it is the token of the first part, and every further part has one that is derived from it and the number of the part: the same mutation has the same tokens again.",
    ),
});

export const dingtalkDataSource = defineDataSource({
  target: sheetTarget,
  toSpace: ({ baseId }) => baseId,
  insertRecords: {
    contract: insertRecordsContract,
    toCall: ({ target: { baseId, sheetIdOrName, operatorId, clientToken = "" }, records, part }, { ids }) => {
      const isOwn = clientToken !== "";
      return {
        path: { baseId, sheetIdOrName },
        query: { operatorId, clientToken: isOwn ? tokenOfPart(clientToken, part) : ids.uuid() },
        body: { records: records.map((fields) => ({ fields })) },
        idempotent: true,
        // A generated token changes with every call, so a repeat by the caller would insert the records again.
        repeatable: isOwn,
      };
    },
    landed: {
      row: "duplicate-client-token",
      createFindIds: (connect) => {
        const find = connect(findChangedRecordsContract);
        return async ({ call: { query }, target: { baseId, operatorId }, origin }, signal) => {
          const clientToken = readParameter(query ?? {}, "clientToken") ?? "";
          const { reply } = await find(
            { path: { baseId }, query: { operatorId }, body: { clientToken }, origin },
            signal,
          );
          const ids = reply.changedRecordIds;
          return isTextList(ids) ? ids : undefined;
        };
      },
    },
    toReceipt: ({ reply: { value } }) => ({ status: "stored", count: value.length, ids: value.map(({ id }) => id) }),
  },
});

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
