import { GraphQLError } from "graphql";

/** The error for an argument that the schema accepts and that is still invalid. */
export function userInputError(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
}
