import type { Connect } from "../../contract/client.js";
import type { DataSource } from "../../contract/provider.js";
import { importRecords } from "./contract.js";
import { wrap } from "./rows.js";

export function createDataSource(connect: Connect): DataSource {
  const send = connect(importRecords);
  return {
    /** Always wrapped: a flat record whose only field is called `values` would be taken for an envelope. */
    insertRecords: async ({ target, records, origin }, signal) => {
      const body = { ...target, records: records.map(wrap) };
      const { reply, collectionId } = await send({ body, origin }, signal);
      const first = Array.isArray(reply.data) ? reply.data[0] : reply.data;
      const taskId = typeof first === "string" ? first : first.id;
      return { status: "accepted", taskId, replayed: false, collectionId };
    },
  };
}
