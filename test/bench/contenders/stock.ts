import { type RunningServer, WrongResultError } from "../contest.js";
import { collectionName } from "../load/books.js";
import type { Load } from "../load/load.js";
import type { WorkName } from "../load/works.js";
import type { BenchDatabase } from "../servers/database.js";

/** Records that are stored before the first request, and stay. */
export interface Stock {
  /** So many records with the keys that are then upserted, written by requests. */
  readonly keys?: number;
  /** Further records, with other keys, in the same collection or in another one, written by one statement. */
  readonly further?: { readonly count: number; readonly place: "same" | "other" };
}

/** Few enough that each body is sent once and holds keys that no other has. */
const fillRequests = 50;

interface Shop {
  readonly send: Load["send"];
  readonly server: Pick<RunningServer, "origin" | "pid">;
  readonly work: WorkName;
  readonly database: BenchDatabase;
}

/** @returns what makes the same start for each round: an empty table, or one without dead rows */
export async function storeFirst({ send, server, work, database }: Shop, stock?: Stock): Promise<() => Promise<void>> {
  if (stock === undefined) return () => database.run("TRUNCATE record");
  const { keys, further } = stock;
  if (keys !== undefined) {
    const { fault } = await send({
      origin: server.origin,
      work,
      rows: keys / fillRequests,
      connections: 1,
      amount: fillRequests,
      keys,
    });
    const found = await database.countRecords();
    if (fault !== undefined || found !== keys)
      throw new WrongResultError(fault ?? `${found} of ${keys} records stored`);
  }
  if (further !== undefined) await database.run(toFurtherRecords(further));
  await database.run("VACUUM ANALYZE record");
  return () => database.run("VACUUM record");
}

/** The other collection is no concern of the program: records of another one fill the same table. */
function toFurtherRecords({ count, place }: NonNullable<Stock["further"]>): string {
  const id = place === "same" ? "collection.id" : "gen_random_uuid()";
  return `
    INSERT INTO record (collection_id, key, fields, vectors, version, inserted_at, bytes)
    SELECT place.id, number::text, json_build_object('book_id', number, 'title', 'The book of number ' || number, 'year', 1900),
      '\\x0000803f0000803f'::bytea, 1, now(), 80
    FROM (SELECT ${id} AS id FROM collection WHERE name = '${collectionName}') AS place,
      generate_series(2000000000, 2000000000 + ${count} - 1) AS number`;
}
