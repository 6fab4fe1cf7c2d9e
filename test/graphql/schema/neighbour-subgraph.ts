/**
 * Another team's: it has its own `record`, `collection`, `provider`, `Record`, `NotFoundError`, and refers to our
 * entities.
 */
export const neighbourSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
  type Query {
    record(id: ID!): RecordResult
    records: [Record!]!
    collection(id: ID!): Collection
    collections(provider: ID): [Collection!]!
    provider(id: ID!): Provider
    providers: [Provider!]!
    task(id: ID!): Record
  }
  union RecordResult = Record | NotFoundError
  type Record @key(fields: "id") { id: ID! title: String stored: StoredRecord madeAt: DateTime raw: JSONObject }
  type Collection { id: ID! shelf: RecordCollection provider: Provider! }
  type Provider { id: ID! service: RecordProvider }
  type NotFoundError { message: String! }
  scalar DateTime
  scalar JSONObject
  type StoredRecord @key(fields: "id", resolvable: false) { id: ID! }
  type RecordCollection @key(fields: "id", resolvable: false) { id: ID! }
  type RecordProvider @key(fields: "id", resolvable: false) { id: ID! }
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
`;
