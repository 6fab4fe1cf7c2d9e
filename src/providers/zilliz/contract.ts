import { mebibyte } from "../../contract/limits.js";
import { defineVectorContracts } from "../../vector/wire/contracts.js";

export const contracts = defineVectorContracts({
  source: "Zilliz Cloud, Insert Records to Collection",
  limits: { insert: { maxBytes: 50 * mebibyte, maxRecords: 5000 }, upsert: { maxBytes: 64 * mebibyte } },
});
