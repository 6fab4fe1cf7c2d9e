import "reflect-metadata";
import { buildSubgraphSchema, type GraphQLResolverMap } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { type DefinitionNode, type DocumentNode, type GraphQLSchema, Kind, parse } from "graphql";
import { buildSchemaSync, createResolversMap } from "type-graphql";
import { CollectionResolver } from "../collection/collection.resolver.js";
import { CreateCollectionResolver } from "../collection/create-collection.resolver.js";
import { DeleteCollectionResolver } from "../collection/delete-collection.resolver.js";
import type { GraphqlContext } from "../context.js";
import { entityResolvers, resolveEntities } from "./entities.js";
import { placeholderNames, type ProviderInputs } from "../inputs/provider-inputs.js";
import { ProviderResolver } from "../provider/provider.resolver.js";
import { RecordResolver } from "../record/record.resolver.js";
import { Json } from "./scalars.js";
import { TaskResolver } from "../task/task.resolver.js";
import { InsertRecordsResolver } from "../write/insert-records.resolver.js";
import { UpsertEntitiesResolver } from "../write/upsert-entities.resolver.js";

/**
 * Apollo's composition accepts `@oneOf` only in a schema that declares it, and omits it from the supergraph;
 * this server enforces it nevertheless.
 */
const head = parse(
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
   "Exactly one field of the input is given, and it is not null."
   directive @oneOf on INPUT_OBJECT`,
  { noLocation: true },
);

/** A federation subgraph, executable. Schemas for different providers can be built in one process. */
export interface Subgraph {
  readonly schema: GraphQLSchema;
  /** The SDL for composition, sorted by name. */
  readonly document: DocumentNode;
}

export function buildSubgraph(inputs: ProviderInputs): Subgraph {
  const classes = buildSchemaSync({
    resolvers: [
      ProviderResolver,
      CollectionResolver,
      RecordResolver,
      TaskResolver,
      CreateCollectionResolver,
      DeleteCollectionResolver,
      // A mutation without a provider is not in the schema.
      ...(inputs.has("insertRecords") ? [InsertRecordsResolver] : []),
      ...(inputs.has("upsertEntities") ? [UpsertEntitiesResolver] : []),
    ],
    validate: false,
    // The schema that is built from this one's text is checked instead.
    skipCheck: true,
  });
  const document = toDocument(classes, inputs);
  return { document, schema: buildSubgraphSchema([{ typeDefs: document, resolvers: toResolvers(classes) }]) };
}

function toDocument(classes: GraphQLSchema, inputs: ProviderInputs): DocumentNode {
  const written = parse(printSchemaWithDirectives(classes), { noLocation: true }).definitions;
  const kept = written.filter(
    (definition) => definition.kind !== Kind.SCHEMA_DEFINITION && !placeholderNames.has(nameOfDefinition(definition)),
  );
  const types = [...kept, ...inputs.definitions].sort((one, other) =>
    nameOfDefinition(one) < nameOfDefinition(other) ? -1 : 1,
  );
  return { kind: Kind.DOCUMENT, definitions: [...head.definitions, ...types.map(describeRoot)] };
}

const rootDescriptions: Readonly<Record<string, string>> = {
  Query: "Read operations: the providers, and the collections, records and imports of the embedded ones.",
  Mutation: "Write operations. An expected failure is a result type, not a GraphQL error.",
};

/** Describes the root types, which type-graphql's classes cannot do. */
function describeRoot(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition;
  const value = rootDescriptions[definition.name.value];
  return value === undefined ? definition : { ...definition, description: { kind: Kind.STRING, value, block: true } };
}

function nameOfDefinition(definition: DefinitionNode): string {
  return "name" in definition ? (definition.name?.value ?? "") : "";
}

function toResolvers(classes: GraphQLSchema): GraphQLResolverMap<GraphqlContext> {
  const resolvers: Record<string, object> = createResolversMap(classes);
  const additions: Readonly<Record<string, object>> = {
    ...entityResolvers(),
    Query: { _entities: resolveEntities },
    [Json.name]: Json,
  };
  const merged = Object.entries(additions).map(([name, addition]) => [name, { ...resolvers[name], ...addition }]);
  // Two libraries' types for the same map.
  return { ...resolvers, ...Object.fromEntries(merged) } as GraphQLResolverMap<GraphqlContext>;
}
