import { mebibyte } from "../../contract/limits.js";
import { defineVectorProvider } from "../../vector/define-vector-provider.js";
import { zillizSamples } from "./samples.js";

export const zilliz = defineVectorProvider({
  id: "zilliz",
  title: "Zilliz Cloud",
  root: [],
  source: {
    v1: "Zilliz Cloud, Insert Records to Collection",
    v2: "HttpClient of the npm package milvus2-sdk-node 3.0.6",
  },
  limits: { insert: { maxBytes: 50 * mebibyte, maxRecords: 5000 }, upsert: { maxBytes: 64 * mebibyte } },
  samples: zillizSamples,
});
