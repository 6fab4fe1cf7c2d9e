/**
 * A parsed document that knows its types. `TypedDocumentNode` of `@graphql-typed-document-node/core`, which code
 * generators write, fits it, and so does every `DocumentNode` of `graphql`: the types of this file import no package,
 * since they are part of the types that the package exports. The marker is never set; it only carries the types.
 */
export interface TypedDocument<Data, Variables> {
  readonly definitions: readonly object[];
  readonly __apiType?: (variables: Variables) => Data;
}

/** Variables may be left out where none is mandatory. */
export type VariablesOf<Variables> =
  Readonly<Record<string, never>> extends Variables ? [variables?: Variables] : [variables: Variables];
