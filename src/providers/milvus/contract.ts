import { mebibyte } from "../../contract/limits.js";
import { defineVectorContracts } from "../../vector/wire/contracts.js";

export const contracts = defineVectorContracts({
  source: "Milvus RESTful API v1, Upsert",
  limits: { insert: { maxBytes: 64 * mebibyte }, upsert: { maxBytes: 64 * mebibyte } },
});
