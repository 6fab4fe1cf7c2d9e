import { ApolloServer } from "@apollo/server";
import fastifyApollo from "@as-integrations/fastify";
import { PrismaPg } from "@prisma/adapter-pg";
import Fastify from "fastify";
import { PrismaClient } from "../../../src/persistence/generated/client.js";
import type { Book } from "../load/books.js";
import { announcePort } from "./announce.js";
import { insertSchema } from "./insert-schema.js";

// Apollo with one `createManyAndReturn` a mutation, as Prisma's guides write it.
const adapter = new PrismaPg({ connectionString: process.env["DATABASE_URL"] ?? "", max: 10 });
const prisma = new PrismaClient({ adapter });

const collectionId = "00000000-0000-4000-8000-000000000000";

const apollo = new ApolloServer({
  typeDefs: insertSchema,
  resolvers: {
    Mutation: {
      insertRecords: async (_: unknown, { input }: { readonly input: { readonly records: readonly Book[] } }) => {
        const stored = await prisma.storedRecord.createManyAndReturn({
          data: input.records.map(({ book_id: id, title, year, vector }) => {
            const vectors = new Uint8Array(Float32Array.from(vector).buffer);
            const fields = { book_id: id, title, year };
            return { collectionId, key: String(id), fields, vectors, version: 1, insertedAt: new Date(), bytes: 80 };
          }),
          select: { key: true },
        });
        const ids = stored.map(({ key }) => key);
        return { __typename: "InsertRecordsSuccess", insertedCount: ids.length, ids };
      },
    },
  },
});
await apollo.start();
const server = Fastify({ bodyLimit: 200_000_000 });
await server.register(fastifyApollo(apollo));
const address = await server.listen({ host: "127.0.0.1", port: 0 });
announcePort(Number(new URL(address).port));
