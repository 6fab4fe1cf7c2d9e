import type { JsonObject } from "../../core/json.js";

/** The table of the contract's own example. */
export const samples: readonly JsonObject[] = [
  {
    table_id: "673af861ed69656ac0895b07",
    name: "product_feed_090833",
    description: "Products: the table of the contract's example request.",
    fields: [
      { name: "id", type: "TEXT", required: true, unique: true, description: "Identifier of the product." },
      { name: "name", type: "TEXT", description: "Name of the product." },
      { name: "age", type: "INT", description: "Days since the product was listed." },
      { name: "price", type: "FLOAT" },
      { name: "ok", type: "BOOLEAN", description: "Whether the product may be shown." },
      { name: "at", type: "DATETIME", description: "Last change." },
    ],
  },
];
