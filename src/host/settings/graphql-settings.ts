import type { z } from "zod";
import { between, onOrOff } from "./setting-schemas.js";

const most = 1_000_000_000;

/** The switches of GraphQL, and the largest operation that is executed. */
export const graphqlShape = {
  INTROSPECTION: onOrOff("on").describe("Whether GraphQL answers its schema to clients."),
  GRAPHIQL: onOrOff("on").describe("Whether the page at `/graphiql` is served."),
  GRAPHQL_MAX_NODES: between(1, most)
    .default(100_000)
    .describe("Values that the response to an operation may hold: `first` multiplies, aliases add up."),
  GRAPHQL_MAX_ROOT_FIELDS: between(1, most).default(100).describe("Root fields of an operation."),
  GRAPHQL_MAX_RECORDS: between(1, most).default(100_000).describe("Records of all writes of an operation together."),
  GRAPHQL_MAX_DEPTH: between(1, 200).default(20).describe("Levels of fields of an operation, through fragments."),
  GRAPHQL_MAX_ALIASES: between(1, most).default(200).describe("Aliases of an operation."),
  GRAPHQL_MAX_DIRECTIVES: between(1, most).default(100).describe("Directives of an operation."),
  GRAPHQL_MAX_SELECTIONS: between(1, most)
    .default(10_000)
    .describe("Fields and fragments of an operation, with fragments written out."),
  // An operation with 5,000 small records in its text has about 60,000 tokens.
  GRAPHQL_MAX_TOKENS: between(1, 10_000_000).default(100_000).describe("Tokens of the text of an operation."),
  GRAPHQL_MAX_RESPONSE_BYTES: between(1000, most)
    .default(64 * 1024 * 1024)
    .describe("Bytes of a response, and of the records that it is made of."),
};

/** The limits by the names that the GraphQL side has for them. */
export function toOperationLimits(config: z.output<z.ZodObject<typeof graphqlShape>>) {
  return {
    tokens: config.GRAPHQL_MAX_TOKENS,
    depth: config.GRAPHQL_MAX_DEPTH,
    aliases: config.GRAPHQL_MAX_ALIASES,
    directives: config.GRAPHQL_MAX_DIRECTIVES,
    selections: config.GRAPHQL_MAX_SELECTIONS,
    rootFields: config.GRAPHQL_MAX_ROOT_FIELDS,
    nodes: config.GRAPHQL_MAX_NODES,
    records: config.GRAPHQL_MAX_RECORDS,
    responseBytes: config.GRAPHQL_MAX_RESPONSE_BYTES,
  };
}
