import type { DocumentNode } from "graphql";

/**
 * A parsed document with the types of its result and variables. `TypedDocumentNode` of `@graphql-typed-document-node/core`,
 * which code generators write, is assignable to it. The marker is never set; it only carries the types.
 */
export interface TypedDocument<Data, Variables> extends DocumentNode {
  readonly __apiType?: (variables: Variables) => Data;
}

/** Variables are optional for an operation without mandatory ones. */
export type VariablesOf<Variables> =
  Readonly<Record<string, never>> extends Variables ? [variables?: Variables] : [variables: Variables];
