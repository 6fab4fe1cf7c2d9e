import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { ContractRequest } from "../../../src/contract/message.js";
import type { WriteOperation } from "../../../src/core/write.js";
import type { CaseRequest, Given } from "../case-file.js";

/** What a REST request says, in the words of our mutations. */
export interface Mutation {
  readonly operation: WriteOperation;
  readonly target: JsonObject;
  readonly records: readonly JsonObject[];
}

/** What the runner must know of one contract's dialect. */
export interface CaseAdapter {
  /** A write request with the file's defaults taken apart; undefined when no well-formed mutation says the same. */
  readonly toMutation: (request: ContractRequest, body: JsonValue) => Mutation | undefined;
  /** The request that stores `given.rows`. */
  readonly insertRows: (rows: readonly JsonObject[], schema: JsonObject) => CaseRequest;
  /** The schema of a case as collection definitions. */
  readonly toDefinitions: (schema: JsonObject) => readonly JsonObject[];
  /** The members of a definition that say who may call. */
  readonly access: (given: Pick<Given, "users">, schema: JsonObject) => JsonObject;
  /** Spaces to save before the collections are created. */
  readonly spaces: (given: Given, schema: JsonObject) => readonly { readonly name: string; readonly definition: JsonObject }[];
  /** Names of `given.config` as settings, those of a group as `group.name`. */
  readonly settings: Readonly<Record<string, string>>;
  readonly readReply: (body: JsonValue | undefined) => {
    readonly code?: JsonValue | undefined;
    readonly message?: JsonValue | undefined;
    readonly count?: number | undefined;
    readonly ids?: readonly JsonValue[] | undefined;
  };
}

export function isObjectList(value: JsonValue | undefined): value is readonly JsonObject[] {
  return Array.isArray(value) && value.every((element) => typeof element === "object" && element !== null && !Array.isArray(element));
}
