import Fastify from "fastify";
import type { Book } from "../load/books.js";
import { works } from "../load/works.js";
import { announcePort } from "./announce.js";
import { type Statement, toGraphqlAnswer, toRestAnswer, toStatement } from "./book-statement.js";

/** The body of a GraphQL request of the load. */
export interface GraphqlBody {
  readonly query: string;
  readonly variables: { readonly input: { readonly records: readonly Book[] } };
}
interface RestBody {
  readonly data: readonly Book[];
}

interface BookDatabase {
  readonly run: (statement: Statement) => Promise<unknown>;
  /** Answers a GET with the number of stored records, where only this process sees them. */
  readonly count?: () => Promise<number>;
}

/** A bare server that takes the requests of the program and answers alike, without any check. */
export async function serveBooks({ run, count }: BookDatabase): Promise<void> {
  const server = Fastify({ bodyLimit: 200_000_000 });
  server.post<{ Body: GraphqlBody }>(works.insert.path, async ({ body }) => {
    const { records } = body.variables.input;
    await run(toStatement(records));
    return toGraphqlAnswer(records);
  });
  server.post<{ Body: RestBody }>(works.restInsert.path, async ({ body: { data } }) => {
    await run(toStatement(data));
    return toRestAnswer(data);
  });
  if (count !== undefined) server.get("/", async () => String(await count()));
  const address = await server.listen({ host: "127.0.0.1", port: 0 });
  announcePort(Number(new URL(address).port));
}
