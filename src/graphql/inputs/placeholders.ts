import { GraphQLScalarType } from "graphql";

/** The inputs that have one field a provider stand as scalars in the classes; the schema gets the real ones. */
export const InsertTarget = createPlaceholder("InsertTarget");
export const UpsertTarget = createPlaceholder("UpsertTarget");
export const CollectionDefinition = createPlaceholder("CollectionDefinition");

function createPlaceholder(name: string): GraphQLScalarType {
  return new GraphQLScalarType({ name });
}
