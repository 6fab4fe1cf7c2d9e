/** What the program serves itself, where no provider may stand. */
export const ownPaths = ["/graphql", "/graphiql", "/health"] as const;
