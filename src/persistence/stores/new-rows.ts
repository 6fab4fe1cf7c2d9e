import type { NewRecord, NewRecords } from "../../core/record.js";
import { Prisma } from "../generated/client.js";
import { stringifyJson } from "../../json/stringify.js";
import { joinStorableLines, toStorableKeys } from "../guards/storable-json.js";

/** New records in the form of parameters. */
export interface NewRows {
  readonly count: number;
  /** A JSON array of texts and nulls. */
  readonly keys: string;
  /** JSON objects, one a line. */
  readonly fields: string;
  /** One a record; empty when no record has vectors. */
  readonly vectorLengths: readonly (number | null)[];
  readonly vectors: Uint8Array;
  /** Size of keys, fields and vectors. */
  readonly bytes: number;
}

/** @throws UnstorableValueError with the index of the record */
export function toNewRows(records: NewRecords): NewRows {
  const [rows = packRows([], { lines: [], firstIndex: 0 })] = cutNewRows(records, { count: Infinity, bytes: Infinity });
  return rows;
}

/** The most that a list of rows holds. */
export interface RowsLimit {
  readonly count: number;
  /** Exceeded by less than one record. */
  readonly bytes: number;
}

/**
 * The records as lists of rows, each packed when it is asked for.
 * @throws UnstorableValueError with the index of the record
 */
export function* cutNewRows(records: NewRecords, max: RowsLimit): Generator<NewRows, void, undefined> {
  let firstIndex = 0;
  let taken: NewRecord[] = [];
  let lines: string[] = [];
  let bytes = 0;
  for (const record of records) {
    const line = stringifyJson(record.fields);
    taken.push(record);
    lines.push(line);
    bytes += (record.key?.length ?? 0) + line.length + (record.vectors?.byteLength ?? 0);
    if (taken.length < max.count && bytes < max.bytes && firstIndex + taken.length < records.length) continue;
    const rows = packRows(taken, { lines, firstIndex });
    firstIndex += taken.length;
    // Before the rows are stored: what is kept during a statement outlives the collector of young values.
    [taken, lines, bytes] = [[], [], 0];
    yield rows;
  }
}

interface PackedLines {
  /** The fields of the records as compact JSON. */
  readonly lines: readonly string[];
  readonly firstIndex: number;
}

function packRows(records: readonly NewRecord[], { lines, firstIndex }: PackedLines): NewRows {
  const keys = toStorableKeys(
    records.map((record) => record.key ?? null),
    firstIndex,
  );
  const fields = joinStorableLines(lines, records, firstIndex);
  const { vectorLengths, vectors } = packVectors(records);
  const bytes = keys.length + fields.length + vectors.byteLength;
  return { count: records.length, keys, fields, vectorLengths, vectors, bytes };
}

function packVectors(records: readonly NewRecord[]): Pick<NewRows, "vectorLengths" | "vectors"> {
  const vectors = records.map((record) => record.vectors);
  if (vectors.every((vector) => vector === undefined)) return { vectorLengths: [], vectors: new Uint8Array(0) };
  const vectorLengths = vectors.map((vector) => vector?.byteLength ?? null);
  return { vectorLengths, vectors: Buffer.concat(vectors.filter((vector) => vector !== undefined)) };
}

/** The rows of several inserts one after the other; one that is empty is alone. */
export function joinRows(list: readonly NewRows[]): NewRows {
  const withVectors = list.some(({ vectorLengths }) => vectorLengths.length > 0);
  return {
    count: list.reduce((sum, { count }) => sum + count, 0),
    keys: `[${list.map(({ keys }) => keys.slice(1, -1)).join(",")}]`,
    fields: list.map(({ fields }) => fields).join("\n"),
    vectorLengths: withVectors ? list.flatMap(vectorLengthsOf) : [],
    vectors: Buffer.concat(list.map(({ vectors }) => vectors)),
    bytes: list.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function vectorLengthsOf({ count, vectorLengths }: NewRows): readonly (number | null)[] {
  return vectorLengths.length > 0 ? vectorLengths : Array<null>(count).fill(null);
}

/** Functions of a `ROWS FROM` that answer `key, fields, start, length` of each record. */
export function rowFunctions(rows: NewRows): Prisma.Sql {
  const { starts, lengths } = placesOfVectors(rows);
  return Prisma.sql`
    json_array_elements_text(${rows.keys}::text::json),
    unnest(string_to_array(${rows.fields}, E'\n')),
    unnest(${starts}::text::int[]),
    unnest(${lengths}::text::int[])`;
}

/** The rows as `r(key, fields, start, length)`. One row needs none of the functions, which take long for it. */
export function rowSource(rows: NewRows): Prisma.Sql {
  if (rows.count !== 1) return Prisma.sql`ROWS FROM (${rowFunctions(rows)}) AS r(key, fields, start, length)`;
  const length = rows.vectorLengths[0] ?? null;
  return Prisma.sql`
    (VALUES (${rows.keys}::text::json->>0, ${rows.fields}::text, 1, ${length}::int)) AS r(key, fields, start, length)`;
}

/** Where the vectors of each record are among all, as arrays of PostgreSQL. */
export function placesOfVectors({ vectorLengths }: NewRows): { readonly starts: string; readonly lengths: string } {
  const lengths = vectorLengths.map((length) => length ?? "NULL");
  return { starts: `{${startsOf(vectorLengths).join(",")}}`, lengths: `{${lengths.join(",")}}` };
}

/** `ROWS FROM` fills shorter lists with nulls. `starts` count bytes from 1, as SQL does. */
function startsOf(lengths: readonly (number | null)[]): number[] {
  let start = 1;
  return lengths.map((length) => {
    const own = start;
    start += length ?? 0;
    return own;
  });
}

/** The columns of `record` that a row `r(key, fields, start, length)` fills: `key, fields, vectors, bytes`. */
export function valuesOfRow({ vectors }: NewRows): Prisma.Sql {
  // All vectors are one value, cut in the database: taking base64 out of JSON takes half as long again.
  return Prisma.sql`r.key, r.fields::json, substring(${vectors}::bytea FROM r.start FOR r.length),
    octet_length(r.fields) + coalesce(r.length, 0) + coalesce(octet_length(r.key), 0)`;
}
