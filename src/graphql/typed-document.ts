/**
 * A parsed document with the types of its result and variables. `TypedDocumentNode` of `@graphql-typed-document-node/core`,
 * which code generators write, is assignable to it, and so is every `DocumentNode` of `graphql`: this file imports no
 * package, because the package exports its types. The marker is never set; it only carries the types.
 */
export interface TypedDocument<Data, Variables> {
  readonly definitions: readonly object[];
  readonly __apiType?: (variables: Variables) => Data;
}

/** Variables are optional for an operation without mandatory ones. */
export type VariablesOf<Variables> =
  Readonly<Record<string, never>> extends Variables ? [variables?: Variables] : [variables: Variables];
