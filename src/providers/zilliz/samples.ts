import type { Sample } from "../../contract/provider.js";

/** The key is given, not generated, so insert and upsert both take the sample. */
export const zillizSamples: readonly Sample[] = [
  {
    definition: {
      collectionName: "quick_start",
      description: "A first collection: records have an id, a title and a vector of 4 numbers, and any other key.",
      fields: [
        { name: "id", type: "Int64", primary: true },
        { name: "title", type: "VarChar", maxLength: 200 },
        { name: "vector", type: "FloatVector", dim: 4 },
      ],
      dynamic: true,
    },
    target: { collectionName: "quick_start" },
    records: [
      { id: 1, title: "The Time Machine", vector: [0.1, 0.2, 0.3, 0.4], year: 1895 },
      { id: 2, title: "Frankenstein", vector: [0.5, 0.6, 0.7, 0.8] },
    ],
    faulty: { record: { id: 3, title: "Dracula", vector: [0.1, 0.2, 0.3] }, field: "vector" },
    absentTarget: { collectionName: "no_such_collection" },
  },
];
