import type { DocumentNode } from "graphql";

/**
 * A parsed document that knows its types. `TypedDocumentNode` of `@graphql-typed-document-node/core`, which code
 * generators write, fits it. The marker is never set; it only carries the types.
 */
export interface TypedDocument<Data, Variables> extends DocumentNode {
  readonly __apiType?: (variables: Variables) => Data;
}

/** Variables may be left out where none is mandatory. */
export type VariablesOf<Variables> =
  Readonly<Record<string, never>> extends Variables ? [variables?: Variables] : [variables: Variables];
