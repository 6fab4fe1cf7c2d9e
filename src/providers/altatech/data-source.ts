import { z } from "zod";
import { defineDataSource } from "../../contract/data-source.js";
import { importRecordsContract } from "./contract.js";
import { wrap } from "./import/rows.js";

/** Any text passes: the contract checks the form of the id, so that its own message answers a wrong one. */
const tableTarget = z.strictObject({
  table_id: z.string().describe("Id of the table, 24 lower-case hexadecimal digits."),
});

export const altatechDataSource = defineDataSource({
  target: tableTarget,
  insertRecords: {
    contract: importRecordsContract,
    /**
     * Every record is wrapped: the service would take a flat record whose only field is called `values` for an
     * envelope.
     */
    toCall: ({ target: { table_id }, records }) => ({ body: { table_id, records: records.map(wrap) } }),
    toReceipt: ({ reply: { data } }) => {
      const first = Array.isArray(data) ? data[0] : data;
      return { status: "accepted", taskId: typeof first === "string" ? first : first.id };
    },
  },
});
