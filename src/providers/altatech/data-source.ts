import { z } from "zod";
import { defineDataSource } from "../../contract/data-source.js";
import { importRecordsContract } from "./contract.js";
import { wrap } from "./import/rows.js";

/** The form of the id is for the contract to judge, in its own words. */
const tableTarget = z.strictObject({ table_id: z.string().describe("Id of the table, 24 lower-case hexadecimal digits.") });

export const altatechDataSource = defineDataSource({
  target: tableTarget,
  insertRecords: {
    contract: importRecordsContract,
    /** Always wrapped: a flat record whose only field is called `values` would be taken for an envelope. */
    toCall: ({ target: { table_id }, records }) => ({ body: { table_id, records: records.map(wrap) } }),
    toReceipt: ({ reply: { data } }) => {
      const first = Array.isArray(data) ? data[0] : data;
      return { status: "accepted", taskId: typeof first === "string" ? first : first.id };
    },
  },
});
