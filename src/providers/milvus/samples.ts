import type { Sample } from "../../contract/provider.js";

/** The key is given, not generated, so insert and upsert both take the sample. */
export const milvusSamples: readonly Sample[] = [
  {
    definition: {
      collectionName: "quick_start",
      description: "Books with a vector of 4 numbers each; records may have any other key.",
      fields: [
        { name: "book_id", type: "Int64", primary: true },
        { name: "book_title", type: "VarChar", maxLength: 256 },
        { name: "book_intro", type: "FloatVector", dim: 4 },
      ],
      dynamic: true,
    },
    target: { collectionName: "quick_start" },
    records: [
      { book_id: 1, book_title: "The Time Machine", book_intro: [0.1, 0.2, 0.3, 0.4], year: 1895 },
      { book_id: 2, book_title: "Frankenstein", book_intro: [0.5, 0.6, 0.7, 0.8] },
    ],
    faulty: { record: { book_id: 3, book_title: "Dracula", book_intro: [0.1, 0.2, 0.3] }, field: "book_intro" },
    absentTarget: { collectionName: "no_such_collection" },
  },
];
