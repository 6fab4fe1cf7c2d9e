import { mebibyte } from "../../contract/limits.js";
import { defineVectorProvider } from "../../vector/define-vector-provider.js";
import { milvusSamples } from "./samples.js";

export const milvus = defineVectorProvider({
  id: "milvus",
  title: "Milvus",
  root: ["/v1/vector", "/v2/vectordb"],
  source: { v1: "Milvus RESTful API v1, Upsert", v2: "HttpClient of the npm package milvus2-sdk-node 3.0.6" },
  limits: { insert: { maxBytes: 64 * mebibyte }, upsert: { maxBytes: 64 * mebibyte } },
  samples: milvusSamples,
});
