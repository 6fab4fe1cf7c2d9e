import { z } from "zod";
import { DefinitionError, type CollectionKind } from "../../../contract/provider.js";
import type { NewCollection } from "../../../core/collection.js";
import { findRepeated } from "../../../contract/schema/repeated.js";
import { isJsonObject, type JsonObject } from "../../../json/value.js";
import { redivisAccess } from "../access.js";
import { findDisagreement, toDatasetDefinition, type TableOfDataset } from "../dataset/dataset.js";
import { escapeName, escapeUploadName, idForm, ownerForm } from "../dataset/reference.js";
import { variableTypes } from "../values/values.js";

/** Only a `stream` takes rows; the others are made of a file. */
const uploadTypes = [
  ...["stream", "delimited", "avro", "ndjson", "parquet", "orc", "xls", "xlsx", "dta", "sas7bdat", "sav"],
  ...["geojson", "geojsonl", "json", "shp", "shp.zip", "kml"],
] as const;

const partName = z.string().min(1).max(255);
const partId = z.string().regex(idForm, "must be 4 lower-case letters or digits, and not `next`");

const variable = z
  .strictObject({
    name: z
      .string()
      .max(255)
      .regex(/^[A-Za-z][A-Za-z0-9_]*$/, "must be letters, digits and underscores, a letter first")
      .describe("Letters, digits and underscores, a letter first. Case matters."),
    type: z.enum(variableTypes).describe("What the variable holds."),
  })
  .describe("One variable of an upload.");
export type Variable = z.output<typeof variable>;

const upload = z
  .strictObject({
    name: partName.describe("The upload's name; also found with its dots written as `_`."),
    type: z.enum(uploadTypes).default("stream").describe("Only an upload of type `stream` takes rows."),
    schema: z.array(variable).default([]).describe("The variables of a `stream`, at least one."),
    skipBadRecords: z.boolean().default(false).describe("Whether bad rows are left out; otherwise nothing of their request is stored."),
  })
  .describe("An upload of the table.");
export type Upload = z.output<typeof upload>;

/** An upload as clients ask for it: null is as good as nothing, and what else they send is ignored. */
export const newUpload = z.preprocess(
  keepSchemaOfStream,
  z.object({
    name: upload.shape.name,
    type: orNull(upload.shape.type),
    schema: orNull(z.array(variable.strip()).default([])),
    skipBadRecords: orNull(upload.shape.skipBadRecords),
  }),
);

/** The rows of a file say themselves what they are made of. */
function keepSchemaOfStream(body: unknown): unknown {
  if (!isJsonObject(body)) return body;
  const { type, schema: _schema, ...rest } = body;
  return typeof type === "string" && type !== "stream" ? { type, ...rest } : body;
}

function orNull<Member extends z.ZodType>(member: z.ZodDefault<Member>) {
  return member.nullable().transform((value) => value ?? member.parse(undefined));
}

const uploadDefinition = z.strictObject({
  owner: z.string().max(255).regex(ownerForm, "must be letters, digits and underscores").describe("User or organization. Case does not matter."),
  dataset: z
    .strictObject({
      name: partName.describe("The dataset's name."),
      id: partId.optional().describe("Its reference id, which survives a new name: 4 lower-case letters or digits. Made of the name if absent."),
      released: z.array(z.string().regex(/^v\d+_\d+$/, "must be like v1_0")).optional().describe("Its released versions, which are locked. Default: none."),
      next: z.boolean().optional().describe("Whether it has the unreleased version `next`. Default: true."),
      visibility: z.enum(["public", "private"]).optional().describe("Whether callers without rights know of it. Default: private."),
    })
    .describe("The dataset, made with its first upload; of one that exists already, what is given here takes the place of what it had."),
  table: z
    .strictObject({
      name: partName.describe("The table's name."),
      id: partId.optional().describe("Its reference id, as that of the dataset."),
      uploads: z.array(upload).length(1, "must be exactly one: a collection is one upload").describe("The upload to make: exactly one."),
    })
    .describe("The table of the dataset, made with its first upload."),
});

/** An upload is a collection, named after its table and itself; its dataset is the space. */
export const uploads: CollectionKind<typeof uploadDefinition> = {
  definition: uploadDefinition,
  toCollection: ({ owner, dataset, table: { uploads: made, ...table } }) => {
    const [wanted] = made;
    if (wanted === undefined) throw refuseUpload("uploads", "required", "there is no upload");
    const problem = findSchemaFault(wanted);
    if (problem !== undefined) throw refuseUpload("schema", problem.rule, problem.message);
    return { space: toDatasetDefinition({ owner, dataset, table }), ...toUpload({ name: escapeName(table.name), givenName: table.name }, wanted) };
  },
  findConflict: async (collections, { space }) => {
    const { space: stored } = await collections.locate(space.name, "");
    return stored && findDisagreement(stored.definition, space.definition);
  },
  access: redivisAccess,
  /** All variables are stored, the missing ones as null. */
  toFields: (_upload, { fields }) => fields,
};

/** The second name keeps uploads apart that an official client would address alike. */
export function toUpload(table: Omit<TableOfDataset, "id">, made: Upload): Pick<NewCollection, "name" | "alias" | "definition"> {
  const [name, alias] = collectionNames(table.name, made.name);
  return { name, alias, definition: { table: table.givenName, ...made } };
}

/** What an upload is found by: its own name, and that with the dots written as `_`. */
export function collectionNames(table: string, upload: string): readonly [own: string, escaped: string] {
  return [`${table}/${upload}`, `${table}/${escapeUploadName(upload)}`];
}

const storedUpload = upload.extend({ table: z.string() });

export function readUpload(definition: JsonObject): Upload {
  return storedUpload.parse(definition);
}

export function findSchemaFault({ type, schema }: Upload): { readonly rule: string; readonly message: string } | undefined {
  if (type === "stream" && schema.length === 0) return { rule: "required", message: "an upload of type stream needs at least one variable" };
  const repeated = findRepeated(schema.map((each) => each.name));
  return repeated === undefined ? undefined : { rule: "unique-name", message: `the variable ${repeated} stands twice` };
}

function refuseUpload(field: string, rule: string, message: string): DefinitionError {
  return new DefinitionError({ field: `table.uploads.0.${field}`, rule, message });
}
