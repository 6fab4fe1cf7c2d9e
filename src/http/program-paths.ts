/** The paths of the program itself; a provider cannot claim them. */
export const programPaths = ["/graphql", "/graphiql", "/health", "/operator"] as const;
