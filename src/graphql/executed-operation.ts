import type { JsonObject } from "../json/value.js";

/** What a client reads of an executed operation. */
export interface ExecutedOperation<Data = JsonObject> {
  readonly data?: Data | null;
  readonly errors?: readonly ExecutionError[];
}

/** An entry of `errors`, as the specification of GraphQL has it. */
export interface ExecutionError {
  readonly message: string;
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}
