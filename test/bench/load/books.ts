/** A small record, about 100 bytes of JSON. A type, not an interface: it is a JSON object. */
export type Book = {
  readonly book_id: number;
  readonly title: string;
  readonly year: number;
  readonly vector: readonly number[];
};

/** The collection of the small records, as `createCollection` takes it. */
export const bookCollection = {
  collectionName: "book",
  fields: [
    { name: "book_id", type: "Int64", primary: true },
    { name: "vector", type: "FloatVector", dim: 2 },
  ],
  dynamic: true,
} as const;

/** @param first the key of the first book; the others follow */
export function createBooks(first: number, count: number): readonly Book[] {
  return Array.from({ length: count }, (_, index) => {
    const id = first + index;
    return { book_id: id, title: `The book of number ${id}`, year: 1800 + (id % 200), vector: [id % 7, id % 11] };
  });
}
