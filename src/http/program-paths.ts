export const graphqlPath = "/graphql";
export const playgroundPath = "/graphiql";
export const healthPath = "/health";

/** The paths of the program itself; a provider cannot claim them. */
export const programPaths = [graphqlPath, playgroundPath, healthPath, "/operator"] as const;
