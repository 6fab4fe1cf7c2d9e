import type { KeyOperation } from "../../src/core/access/caller.js";
import type { JsonObject } from "../../src/json/value.js";
import type { LivePlace } from "./world.js";

/** A field of the schema, or an entity: the call for a place, and the sign of its success. */
export interface GraphqlRow {
  /** The operation that a key needs; `none`: every known caller may call it. */
  readonly operation: KeyOperation | "none";
  readonly call: (place: LivePlace, fresh: string) => GraphqlCall;
  /** `shows`: the answer contains the word of the place. `changes`: the stored state changes. */
  readonly sign: "shows" | "changes" | "answers";
  /** The field lists what the caller sees, so its answer for a stranger is about other things. */
  readonly lists?: true;
  /** The mutation or field needs this part of a provider. */
  readonly needs?: "imports" | "upsertEntities";
  /** Providers whose own credentials never permit this. */
  readonly neverByCredential?: readonly string[];
}

interface GraphqlCall {
  readonly query: string;
  readonly variables?: JsonObject;
}

const recordFields = `id key fields insertedAt collection { id name }`;
const collectionFields = `id name definition createdAt provider { id } records(first: 100) { nodes { ${recordFields} } }`;
const taskFields = `id upstreamTaskId status progress totalCount successCount failCount error { message } createdAt finishedAt
  collection { id definition } failures(first: 5) { nodes { message } }`;

const entity = (typename: string, id: string, selection: string): GraphqlCall => ({
  query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on ${typename} { ${selection} } } }`,
  variables: { representations: [{ __typename: typename, id }] },
});

const errorFields = "... on WriteError { message provider outcome }";

const write = (field: string, { provider, target, records }: LivePlace): GraphqlCall => ({
  query: `mutation ($input: ${field[0]?.toUpperCase() ?? ""}${field.slice(1)}Input!) { ${field}(input: $input) { __typename ${errorFields} } }`,
  variables: { input: { target: { [provider]: target }, records: records.slice(0, 1) } },
});

/** A row for every field of Query and Mutation, and for every entity. */
export const graphqlTable: Readonly<Record<string, GraphqlRow>> = {
  "Query.recordCollection": {
    operation: "read",
    call: ({ collectionId: id }) => ({
      query: `query ($id: ID!) { recordCollection(id: $id) { ${collectionFields} } }`,
      variables: { id },
    }),
    sign: "shows",
  },
  "Query.recordCollections": {
    operation: "read",
    call: ({ provider }) => ({
      query: `query ($provider: ID) { recordCollections(first: 50, provider: $provider) { edges { cursor node { ${collectionFields} } } pageInfo { hasNextPage endCursor } } }`,
      variables: { provider },
    }),
    sign: "shows",
    lists: true,
  },
  "Query.recordProviders": {
    operation: "none",
    call: () => ({ query: `{ recordProviders { id mode samples { definition } } }` }),
    sign: "answers",
  },
  "Query.recordProvider": {
    operation: "none",
    call: ({ provider: id }) => ({
      query: `query ($id: ID!) { recordProvider(id: $id) { id limits { name } } }`,
      variables: { id },
    }),
    sign: "answers",
  },
  "Query.storedRecord": {
    operation: "read",
    call: ({ recordId: id }) => ({
      query: `query ($id: ID!) { storedRecord(id: $id) { ${recordFields} collection { ${collectionFields} } } }`,
      variables: { id },
    }),
    sign: "shows",
  },
  "Query.importTask": {
    operation: "read",
    call: ({ taskId: id }) => ({
      query: `query ($id: ID!) { importTask(id: $id) { ${taskFields} } }`,
      variables: { id },
    }),
    sign: "shows",
    needs: "imports",
  },
  "Query.importTasks": {
    operation: "read",
    call: ({ collectionId }) => ({
      query: `query ($collectionId: ID) { all: importTasks(first: 1000) { nodes { ${taskFields} } }
        importTasks(first: 1000, collectionId: $collectionId) { edges { cursor node { ${taskFields} } } pageInfo { hasNextPage endCursor } } }`,
      variables: { collectionId },
    }),
    sign: "shows",
    lists: true,
    needs: "imports",
  },
  "Query._service": { operation: "none", call: () => ({ query: `{ _service { sdl } }` }), sign: "answers" },
  "Entity.RecordCollection": {
    operation: "read",
    call: ({ collectionId }) => entity("RecordCollection", collectionId, collectionFields),
    sign: "shows",
  },
  "Entity.StoredRecord": {
    operation: "read",
    call: ({ recordId }) => entity("StoredRecord", recordId, recordFields),
    sign: "shows",
  },
  "Entity.ImportTask": {
    operation: "read",
    call: ({ taskId }) => entity("ImportTask", taskId, taskFields),
    sign: "shows",
    needs: "imports",
  },
  "Entity.RecordProvider": {
    operation: "none",
    call: ({ provider }) => entity("RecordProvider", provider, "id title"),
    sign: "answers",
  },
  "Mutation.createCollection": {
    operation: "manage",
    call: ({ provider, word, another }, fresh) => ({
      query: `mutation ($input: CreateCollectionInput!) { createCollection(input: $input) { __typename ${errorFields} ... on CreateCollectionSuccess { collection { ${collectionFields} } } } }`,
      variables: { input: { definition: { [provider]: another(`${word}_${fresh}`) } } },
    }),
    sign: "changes",
  },
  "Mutation.deleteCollection": {
    operation: "manage",
    call: ({ collectionId: id }) => ({
      query: `mutation ($id: ID!) { deleteCollection(id: $id) { __typename ${errorFields} } }`,
      variables: { id },
    }),
    sign: "changes",
    // Their contracts do not delete tables and sheets.
    neverByCredential: ["altatech", "dingtalk"],
  },
  "Mutation.insertRecords": { operation: "write", call: (place) => write("insertRecords", place), sign: "changes" },
  "Mutation.upsertEntities": {
    operation: "write",
    // An upsert replaces a record of the same key; another key shows that it was stored.
    call: (place, fresh) =>
      write("upsertEntities", { ...place, records: place.records.map((each) => ({ ...each, id: Number(fresh) })) }),
    sign: "changes",
    needs: "upsertEntities",
  },
};
