import { expect } from "vitest";
import type { ContractReply } from "../../../src/contract/message.js";
import { buildPath } from "../../../src/contract/paths.js";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import type { WriteReceipt } from "../../../src/core/write.js";
import { insertRowsContract } from "../../../src/providers/redivis/contract.js";
import { redivis } from "../../../src/providers/redivis/index.js";
import { useService, type Service, type ServiceOptions } from "../../service/use-service.js";

interface Target {
  readonly reference?: string;
  readonly upload?: string;
}

export interface RedivisService extends Omit<Service, "write"> {
  readonly saveToken: (
    token: string,
    rights: { readonly scopes: readonly string[]; readonly grants: readonly string[] },
  ) => Promise<void>;
  readonly insert: (rows: JsonValue, target?: Target) => Promise<ContractReply>;
  /** Writes through the data source. */
  readonly write: (records: readonly JsonObject[], target?: Target) => Promise<WriteReceipt>;
}

export const reference = "demo.my_data:abcd:next.a_table:wxyz";
const allTypes = ["string", "integer", "float", "boolean", "date", "dateTime", "time", "geography"];
/** A variable of each type, of the same name. */
export const allVariables = allTypes.map((type) => ({ name: type, type }));

export interface DefinitionParts {
  readonly dataset?: JsonObject;
  readonly table?: JsonObject;
  readonly upload?: JsonObject;
}

/** The upload that `reference` leads to; the parts replace its properties. */
export function defineUpload({ dataset = {}, table = {}, upload = {} }: DefinitionParts = {}): JsonObject {
  const uploads = [{ name: "events", schema: allVariables, ...upload }];
  return {
    owner: "demo",
    dataset: { name: "My data", id: "abcd", released: ["v1_0", "v1_1"], next: true, visibility: "public", ...dataset },
    table: { name: "A table", id: "wxyz", uploads, ...table },
  };
}

export function useRedivis(): (options?: ServiceOptions) => RedivisService {
  const open = useService(redivis, { secret: "t", usual: { path: pathOf({}), body: { rows: [] } } });
  return (options) => {
    const service = open(options);
    return {
      ...service,
      saveToken: (token, rights) => service.saveCredential({ caller: { principal: token, ...rights }, secret: token }),
      insert: (rows, target = {}) => service.send({ path: pathOf(target), body: { rows } }),
      write: (records, { reference: tableReference = reference, upload: uploadName = "events" } = {}) =>
        service.write("insertRecords", { target: { tableReference, uploadName }, records }),
    };
  };
}

/** A member of a store's port, for a proxy in front of it. */
export function memberOf(port: object, name: string | symbol): unknown {
  const member: unknown = Reflect.get(port, name);
  return typeof member === "function" ? (member.bind(port) as unknown) : member;
}

export function failure(status: number, error: string, description: unknown = expect.any(String)) {
  return { status, body: { status, error, error_description: description } };
}

export function bearer(token: string): { readonly authorization: string } {
  return { authorization: `Bearer ${token}` };
}

export function pathOf({ reference: tableReference = reference, upload: uploadName = "events" }: Target): string {
  return buildPath(insertRowsContract.path, { tableReference, uploadName });
}
