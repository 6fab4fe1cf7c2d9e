import { isObjectType, type GraphQLSchema } from "graphql";
import { z } from "zod";
import { providerSchemaOf } from "../../src/graphql/schema/provider-schema.js";
import type { Provider } from "../../src/contract/provider.js";
import * as registry from "../../src/providers/registry.js";
import { columns, type ColumnName, type Outcome } from "./columns.js";
import { graphqlTable, type GraphqlRow } from "./graphql-table.js";
import { words } from "./places.js";
import { unname } from "./unname.js";
import { cellScopeOf, type LivePlace, type World } from "./world.js";

export interface GraphqlCell {
  readonly name: string;
  readonly provider: string;
  /** Undefined for a field that the table does not list. */
  readonly row: GraphqlRow | undefined;
}

const providers: readonly Provider[] = Object.values(registry);

/** The fields of the executable schema and its entities, by the names of the table. */
export const fieldNames: readonly string[] = namesIn(providerSchemaOf(providers).schema);

function namesIn(schema: GraphQLSchema): readonly string[] {
  const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    type ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
  );
  const union = schema.getType("_Entity");
  const entities = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && union !== undefined && JSON.stringify(union.astNode ?? "") !== "",
  );
  void entities;
  return fields;
}

export const cells: readonly GraphqlCell[] = fieldNames.flatMap((name) =>
  providers
    .filter((provider) => applies(graphqlTable[name], provider))
    .map(({ id }) => ({ name, provider: id, row: graphqlTable[name] })),
);

function applies(row: GraphqlRow | undefined, { imports, targets }: Provider): boolean {
  if (row?.needs === "imports") return imports !== undefined;
  return row?.needs !== "upsertEntities" || targets.upsertEntities !== undefined;
}
