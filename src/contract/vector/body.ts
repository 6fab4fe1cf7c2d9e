import { z } from "zod";
import { isJsonArray, isJsonObject, type JsonValue } from "../../core/json.js";
import type { ShapeRefusal } from "../contract.js";
import { defaultDatabase } from "./definition.js";
import type { Row } from "./row-reader.js";

/** A null among the rows is refused later, with the code for rows. */
function isData(value: unknown): value is Row | readonly Row[] {
  return isJsonObject(value) || (Array.isArray(value) && value.every((row) => row === null || isJsonObject(row)));
}

/** Other keys are ignored, `partitionName` and `partialUpdate` among them. */
export const writeBody = z.object({
  dbName: z.string().nullish().describe(`The database; missing or null means \`${defaultDatabase}\`.`),
  collectionName: z.string().min(1).describe("The collection or an alias of it."),
  data: z
    .custom<Row | readonly Row[]>(isData)
    .meta({ anyOf: [{ type: "object" }, { type: "array", items: { type: "object" } }], description: "One row or a list of rows." }),
});

export type WriteBody = z.output<typeof writeBody>;

export function toRows(data: WriteBody["data"]): readonly Row[] {
  return isJsonArray(data) ? data : [data];
}

/** Of a body that has not been looked at yet. */
export function countRows(body: JsonValue): number {
  const data = isJsonObject(body) ? body["data"] : undefined;
  return isJsonArray(data) ? data.length : 1;
}

/** What the server's decoder cannot take is 1801; what it takes for missing is 1802. The first comes first. */
export const refuseShape: ShapeRefusal = (issues, body) => {
  if (body === null) return missing(["collectionName", "data"]);
  if (!isJsonObject(body)) return { failure: "not-json", parameters: { problem: body === undefined ? "EOF" : "the body is not a JSON object" } };
  const names = [...new Set(issues.map((issue) => String(issue.path[0])))];
  const wrong = names.find((name) => !isMissing(name, body[name]));
  if (wrong === undefined) return missing(names);
  const problem = `${wrong} is of the wrong JSON type`;
  return { failure: "not-json", parameters: { problem }, violations: [{ field: wrong, rule: "type", message: problem }] };
};

function isMissing(name: string, value: JsonValue | undefined): boolean {
  return value === undefined || value === null || (name === "collectionName" && value === "");
}

function missing(names: readonly string[]) {
  const violations = names.map((name) => ({ field: name, rule: "required", message: `${name} is required` }));
  return { failure: "missing-parameters", violations };
}
