import Fastify from "fastify";
import type { Book } from "../load/books.js";
import { works } from "../load/works.js";
import { announcePort } from "./announce.js";

interface GraphqlBody {
  readonly variables: { readonly input: { readonly records: readonly Book[] } };
}
interface RestBody {
  readonly data: readonly Book[];
}

export interface BookStore {
  readonly insert: (books: readonly Book[]) => Promise<void>;
  readonly upsert?: (books: readonly Book[]) => Promise<void>;
}

/** A bare server that takes the requests of the program and answers alike, without any check. */
export async function serveBooks({ insert, upsert }: BookStore): Promise<void> {
  const server = Fastify({ bodyLimit: 200_000_000 });
  server.post<{ Body: GraphqlBody }>(works.insert.path, async ({ body }) => {
    const { records } = body.variables.input;
    const ids = toIds(records);
    if (upsert === undefined) {
      await insert(records);
      return { data: { insertRecords: { __typename: "InsertRecordsSuccess", insertedCount: ids.length, ids } } };
    }
    await upsert(records);
    return { data: { upsertEntities: { __typename: "UpsertEntitiesSuccess", upsertedCount: ids.length, ids } } };
  });
  server.post<{ Body: RestBody }>(works.restInsert.path, async ({ body: { data } }) => {
    await insert(data);
    return { code: 0, data: { insertCount: data.length, insertIds: toIds(data) } };
  });
  const address = await server.listen({ host: "127.0.0.1", port: 0 });
  announcePort(Number(new URL(address).port));
}

function toIds(books: readonly Book[]): readonly string[] {
  return books.map(({ book_id: id }) => String(id));
}
