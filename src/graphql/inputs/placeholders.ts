import { GraphQLScalarType } from "graphql";

/** The inputs that have one field a provider stand as scalars in the classes; the schema gets the real ones. */
export const InsertTarget = placeholder("InsertTarget");
export const UpsertTarget = placeholder("UpsertTarget");
export const CollectionDefinition = placeholder("CollectionDefinition");

function placeholder(name: string): GraphQLScalarType {
  return new GraphQLScalarType({ name });
}
