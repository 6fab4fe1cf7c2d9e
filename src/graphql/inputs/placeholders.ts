import { GraphQLScalarType } from "graphql";

/** Scalars that take the place of the inputs with one field per provider in the classes; the schema replaces them with the real inputs. */
export const InsertTarget = createPlaceholder("InsertTarget");
export const UpsertTarget = createPlaceholder("UpsertTarget");
export const CollectionDefinition = createPlaceholder("CollectionDefinition");

function createPlaceholder(name: string): GraphQLScalarType {
  return new GraphQLScalarType({ name });
}
