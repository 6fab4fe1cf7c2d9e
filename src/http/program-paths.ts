/** The paths of the program itself; a provider cannot claim them. */
export const ownPaths = ["/graphql", "/graphiql", "/health"] as const;
