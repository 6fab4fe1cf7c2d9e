import type { Sample } from "../../contract/provider.js";

const sampleTableId = "673af861ed69656ac0895b07";

/** The table of the contract's example request. */
export const altatechSamples: readonly Sample[] = [
  {
    definition: {
      table_id: sampleTableId,
      name: "product_feed_090833",
      description: "Products: the table of the contract's example request.",
      fields: [
        { name: "id", type: "TEXT", required: true, description: "Identifier of the product." },
        { name: "name", type: "TEXT", description: "Name of the product." },
        { name: "age", type: "INT", description: "Days since the product was listed." },
        { name: "price", type: "FLOAT" },
        { name: "ok", type: "BOOLEAN", description: "Whether the product may be shown." },
        { name: "at", type: "DATETIME", description: "Last change." },
      ],
    },
    target: { table_id: sampleTableId },
    records: [
      { id: "7424489", name: "Lamp", age: 12, price: 19.5, ok: true, at: "2029-10-01 12:00:00" },
      { id: "7852549", name: "Chair", age: "30" },
    ],
    faulty: { record: { id: "9000001", age: "abc" }, field: "age" },
    absentTarget: { table_id: "aaaaaaaaaaaaaaaaaaaaaaaa" },
  },
];
