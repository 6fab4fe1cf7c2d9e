import type { JsonObject } from "../../../src/json/value.js";

/** A Redivis upload, as `createCollection` takes it. */
export const visitUpload: JsonObject = {
  owner: "bench",
  dataset: { name: "Bench", id: "b3nc" },
  table: {
    name: "Visits",
    id: "v1s1",
    uploads: [
      {
        name: "visits",
        schema: [
          { name: "visitor", type: "string" },
          { name: "page", type: "string" },
          { name: "duration", type: "integer" },
          { name: "score", type: "float" },
          { name: "active", type: "boolean" },
        ],
      },
    ],
  },
};

export const visitPath = "/api/v1/tables/bench.bench:b3nc:next.visits:v1s1/uploads/visits";

/** About 105 bytes of JSON each. */
export function createVisits(count: number): readonly JsonObject[] {
  return Array.from({ length: count }, (_, index) => ({
    visitor: `visitor ${index}`,
    page: `/the-books/${index % 1000}/chapters`,
    duration: index % 3600,
    score: (index % 100) / 8,
    active: index % 2 === 0,
  }));
}
