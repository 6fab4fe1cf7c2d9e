import { z } from "zod";
import { DefinitionError, type CollectionKind } from "../../../contract/provider.js";
import type { NewCollection } from "../../../core/collection.js";
import { findRepeated } from "../../../contract/schema/repeated.js";
import { isJsonObject, type JsonObject } from "../../../json/value.js";
import { redivisAccess } from "../access.js";
import { findDisagreement, isTableMember, toDatasetDefinition, type TableOfDataset } from "../dataset/dataset.js";
import { escapeName, escapeUploadName, idForm, ownerForm } from "../dataset/reference.js";
import { variableTypes } from "../values/values.js";

/** Only a `stream` accepts rows; the other types are created from a file. */
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
    type: z.enum(variableTypes).describe("The type of the variable's values."),
  })
  .describe("One variable of an upload.");
export type Variable = z.output<typeof variable>;

const upload = z
  .strictObject({
    name: partName.describe("The upload's name; also found with its dots written as `_`."),
    type: z.enum(uploadTypes).default("stream").describe("Only an upload of type `stream` takes rows."),
    schema: z.array(variable).default([]).describe("The variables of a `stream`, at least one."),
    skipBadRecords: z
      .boolean()
      .default(false)
      .describe("Whether bad rows are left out; otherwise nothing of their request is stored."),
  })
  .describe("An upload of the table.");
export type Upload = z.output<typeof upload>;

/**
 * The body of a create-upload call: null counts as absent. Other members are ignored, but for the content of a file,
 * which would be lost.
 */
export const newUpload = z.preprocess(
  keepSchemaOfStream,
  z
    .object({
      name: upload.shape.name,
      type: orNull(upload.shape.type),
      schema: orNull(z.array(variable.strip()).default([])),
      skipBadRecords: orNull(upload.shape.skipBadRecords),
      content: z.null("is not served: insertRows adds rows to a stream").optional(),
    })
    .transform(({ content: _content, ...made }) => made),
);

/** Drops the schema of a file upload: the file itself determines it. */
function keepSchemaOfStream(body: unknown): unknown {
  if (!isJsonObject(body)) return body;
  const { type, schema: _schema, ...rest } = body;
  return typeof type === "string" && type !== "stream" ? { type, ...rest } : body;
}

function orNull<Member extends z.ZodType>(member: z.ZodDefault<Member>) {
  return member.nullable().transform((value) => value ?? member.parse(undefined));
}

const uploadDefinition = z.strictObject({
  owner: z
    .string()
    .max(255)
    .regex(ownerForm, "must be letters, digits and underscores")
    .describe("User or organization. Case does not matter."),
  dataset: z
    .strictObject({
      name: partName.describe("The dataset's name."),
      id: partId
        .optional()
        .describe(
          "Its reference id, which survives a new name: 4 lower-case letters or digits. Derived from the name if absent.",
        ),
      released: z
        .array(z.string().regex(/^v\d+_\d+$/, "must be like v1_0"))
        .optional()
        .describe("Its released versions, which are locked. Default: none."),
      next: z.boolean().optional().describe("Whether it has the unreleased version `next`. Default: true."),
      visibility: z
        .enum(["public", "private"])
        .optional()
        .describe("Whether callers without rights can see it. Default: private."),
    })
    .describe(
      "The dataset, created with its first upload. If it exists already, the properties that are given here replace its own.",
    ),
  table: z
    .strictObject({
      name: partName.describe("The table's name."),
      id: partId.optional().describe("Its reference id, as that of the dataset."),
      uploads: z
        .array(upload)
        .length(1, "must be exactly one: a collection is one upload")
        .describe("The upload to create: exactly one."),
    })
    .describe("The table of the dataset, created with its first upload."),
});

/** A collection is an upload, named after its table and itself; its space is the dataset. */
export const uploads: CollectionKind<typeof uploadDefinition> = {
  definition: uploadDefinition,
  toCollection: ({ owner, dataset, table: { uploads: made, ...table } }) => {
    const [wanted] = made;
    if (wanted === undefined) throw refuseUpload("uploads", "required", "there is no upload");
    const problem = findSchemaFault(wanted);
    if (problem !== undefined) throw refuseUpload("schema", problem.rule, problem.message);
    return {
      space: toDatasetDefinition({ owner, dataset, table }),
      ...toUpload({ name: escapeName(table.name), givenName: table.name }, wanted),
    };
  },
  findConflict: async (collections, { space }) => {
    const { space: stored } = await collections.locate(space.name, "");
    return stored && findDisagreement(stored.definition, space.definition);
  },
  access: redivisAccess,
  isPartOfCollection: isTableMember,
  /** The store already holds every variable, a missing one as null. */
  toFields: (_upload, { fields }) => fields,
};

/** The alias reserves the escaped name, so that no two uploads share the address that official clients use. */
export function toUpload(
  table: Omit<TableOfDataset, "id">,
  made: Upload,
): Pick<NewCollection, "name" | "alias" | "definition"> {
  const [name, alias] = collectionNames(table.name, made.name);
  return { name, alias, definition: { table: table.givenName, ...made } };
}

/** The names by which an upload is found: its own, and the one with `_` instead of dots. */
export function collectionNames(table: string, upload: string): readonly [own: string, escaped: string] {
  return [`${table}/${upload}`, `${table}/${escapeUploadName(upload)}`];
}

const storedUpload = upload.extend({ table: z.string() });

export function readUpload(definition: JsonObject): Upload {
  return storedUpload.parse(definition);
}

export function findSchemaFault({
  type,
  schema,
}: Upload): { readonly rule: string; readonly message: string } | undefined {
  if (type === "stream" && schema.length === 0)
    return { rule: "required", message: "an upload of type stream needs at least one variable" };
  const repeated = findRepeated(schema.map((each) => each.name));
  return repeated === undefined
    ? undefined
    : { rule: "unique-name", message: `the variable ${repeated} is given twice` };
}

function refuseUpload(field: string, rule: string, message: string): DefinitionError {
  return new DefinitionError({ field: `table.uploads.0.${field}`, rule, message });
}
