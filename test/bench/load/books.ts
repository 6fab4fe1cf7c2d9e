import type { JsonObject } from "../../../src/json/value.js";

/** A record of the benchmarks. A type, not an interface: it is a JSON object. */
export type Book = {
  readonly book_id: number;
  readonly title: string;
  readonly year: number;
  readonly vector: readonly number[];
};

const largeDimension = 768;

/** The collection of the records, as `createCollection` takes it. */
export function toBookCollection(dimension: number): JsonObject {
  return {
    collectionName,
    fields: [
      { name: "book_id", type: "Int64", primary: true },
      { name: "vector", type: "FloatVector", dim: dimension },
    ],
    dynamic: true,
  };
}

export const collectionName = "book";

/**
 * About 90 bytes of JSON each.
 * @param first the key of the first record; the others follow
 */
export function createBooks(first: number, count: number): readonly Book[] {
  return createRecords(first, count, (id) => [id % 7, id % 11]);
}

/** About 8 KB of JSON each: a vector of 768 numbers with eight decimals. */
export function createVectorBooks(first: number, count: number): readonly Book[] {
  return createRecords(first, count, (id) =>
    Array.from({ length: largeDimension }, (_, index) => Math.round(Math.sin(id * largeDimension + index) * 1e8) / 1e8),
  );
}

function createRecords(first: number, count: number, toVector: (id: number) => readonly number[]): readonly Book[] {
  return Array.from({ length: count }, (_, index) => {
    const id = first + index;
    return { book_id: id, title: `The book of number ${id}`, year: 1800 + (id % 200), vector: toVector(id) };
  });
}
