import type { KeyOperation, KeyScope } from "../../src/core/access/caller.js";
import { keyOperations } from "../../src/core/access/caller.js";

/**
 * The result of a call with a credential. `unauthenticated`: the refusal of an unknown caller. `absent`: the answer for
 * a target that does not exist. `refused`: nothing is shown and nothing changes. `granted`: the data, or the change.
 */
export type Outcome = "unauthenticated" | "absent" | "refused" | "granted";

interface Column {
  readonly graphql: Outcome;
  readonly rest: Outcome;
}

/** The credentials of the matrix. */
export const columns = {
  "no credential": { graphql: "unauthenticated", rest: "unauthenticated" },
  "an unknown key": { graphql: "unauthenticated", rest: "unauthenticated" },
  "an expired key": { graphql: "unauthenticated", rest: "unauthenticated" },
  "a revoked key": { graphql: "unauthenticated", rest: "unauthenticated" },
  "a key of the other operations": { graphql: "absent", rest: "absent" },
  "a key of another provider": { graphql: "absent", rest: "absent" },
  "a key of another space": { graphql: "absent", rest: "absent" },
  "a key of the remote upstream": { graphql: "absent", rest: "absent" },
  "a key of an unknown space": { graphql: "absent", rest: "absent" },
  "the right key": { graphql: "granted", rest: "granted" },
  "a key for everything": { graphql: "granted", rest: "granted" },
  "a credential of the contract": { graphql: "granted", rest: "granted" },
  "a credential of the contract without rights": { graphql: "refused", rest: "refused" },
  "a credential of another provider": { graphql: "absent", rest: "unauthenticated" },
} as const satisfies Readonly<Record<string, Column>>;

export type ColumnName = keyof typeof columns;

export const columnNames = Object.keys(columns) as readonly ColumnName[];

/** A cell's place in the terms of keys. */
export interface CellScope {
  readonly provider: string;
  readonly otherProvider: string;
  readonly operation: KeyOperation;
  readonly space: string;
  readonly otherSpace: string;
}

/** The scopes of the key of a column; undefined for a column that is not about the scopes of a key. */
export function scopesOf(column: ColumnName, cell: CellScope): readonly KeyScope[] | undefined {
  const { provider, otherProvider, operation, space, otherSpace } = cell;
  switch (column) {
    case "a key of the other operations":
      return keyOperations.filter((each) => each !== operation).map((each) => ({ provider, operation: each, space }));
    case "a key of another provider":
      return [{ provider: otherProvider }];
    case "a key of another space":
      return [{ provider, space: otherSpace }];
    case "a key of the remote upstream":
      return [{ provider, upstream: "default" }];
    case "a key of an unknown space":
      return [{ provider, space: "nowhere" }];
    case "the right key":
      return [{ provider, operation, space }];
    case "a key for everything":
    case "an expired key":
    case "a revoked key":
      return [{}];
    case "no credential":
    case "an unknown key":
    case "a credential of the contract":
    case "a credential of the contract without rights":
    case "a credential of another provider":
      return undefined;
  }
}
