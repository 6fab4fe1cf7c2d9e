import { GraphQLError } from "graphql";

/** An argument that the schema lets through and that means nothing. */
export function userInputError(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
}
