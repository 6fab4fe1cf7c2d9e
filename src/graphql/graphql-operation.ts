import type { Caller } from "../core/access/caller.js";
import type { JsonObject } from "../json/value.js";
import type { ExecutedOperation } from "./executed-operation.js";
import type { TypedDocument } from "./typed-document.js";

export interface GraphqlOperation<Data = JsonObject, Variables = Readonly<Record<string, unknown>>> {
  readonly query: string | TypedDocument<Data, Variables>;
  readonly variables?: Variables;
  readonly operationName?: string;
  /** Absent: the operation is refused. */
  readonly caller?: Caller;
}

/** Executes without HTTP. The types that a dependent sees import no package. */
export type ExecuteOperation = <Data = JsonObject, Variables = Readonly<Record<string, unknown>>>(
  operation: GraphqlOperation<Data, Variables>,
) => Promise<ExecutedOperation<Data>>;
