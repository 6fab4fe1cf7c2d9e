import { z } from "zod";
import { shorten } from "../../json/quote.js";

export const maxFields = 64;

export const scalarTypes = ["Bool", "Int8", "Int16", "Int32", "Int64", "Float", "Double", "VarChar"] as const;
export const denseVectorTypes = [
  "FloatVector",
  "BinaryVector",
  "Float16Vector",
  "BFloat16Vector",
  "Int8Vector",
] as const;
export const vectorFieldTypes = [...scalarTypes, "JSON", "Array", ...denseVectorTypes, "SparseFloatVector"] as const;

export type ScalarType = (typeof scalarTypes)[number];
export type DenseVectorType = (typeof denseVectorTypes)[number];

/** The ranges are those of `field.ts`. */
const int32 = z.int32();

const vectorFieldDefinition = z
  .strictObject({
    name: z.string().describe("Letters, digits and underscores, not starting with a digit."),
    type: z.enum(vectorFieldTypes).describe("The type of the values."),
    primary: z
      .boolean()
      .optional()
      .describe("Marks the primary key, an Int64 or VarChar field. Exactly one field must be marked."),
    autoId: z
      .boolean()
      .optional()
      .describe("For the primary key only: the server generates it, and rows must not have it."),
    dim: int32.optional().describe("Number of elements of a dense vector; of bits for a BinaryVector."),
    maxLength: int32
      .optional()
      .describe("Maximum length of a VarChar in UTF-8 bytes; also of the elements of an Array of VarChar."),
    maxCapacity: int32.optional().describe("Maximum number of elements of an Array."),
    elementType: z.enum(scalarTypes).optional().describe("The type of the elements of an Array."),
    nullable: z.boolean().optional().describe("Whether the value may be null or missing."),
    partitionKey: z
      .boolean()
      .optional()
      .describe("Marks the field whose values select the partition of an entity. It is described, of no effect."),
    clusteringKey: z.boolean().optional().describe("Marks the clustering key. It is described, of no effect."),
    default: z.unknown().optional().describe("Stored where the value is null or missing."),
    description: z.string().optional().describe("A description of the field."),
  })
  .describe("One field of a collection.");

const metricTypes = ["L2", "IP", "COSINE", "HAMMING", "JACCARD", "SUBSTRUCTURE", "SUPERSTRUCTURE"] as const;
export type MetricType = (typeof metricTypes)[number];

const settingDefinition = z
  .strictObject({
    key: z.string().describe("The name of the setting."),
    value: z.string().describe("Its value, as text."),
  })
  .describe("A setting that is stored and described, of no effect here.");
export type KeyValue = z.output<typeof settingDefinition>;

export const consistencyLevels = ["Strong", "Session", "Bounded", "Eventually", "Customized"] as const;

const indexDefinition = z
  .strictObject({
    fieldName: z.string().describe("The indexed field; a field has at most one index."),
    indexName: z.string().optional().describe("Default: the name of the field."),
    metricType: z
      .enum(metricTypes, { error: ({ input }) => `an index does not support metric type: ${shorten(String(input))}` })
      .optional()
      .describe("The metric of a vector field. Default: `COSINE`; `HAMMING` for binary vectors, `IP` for sparse ones."),
    indexType: z.string().optional().describe("Default: `AUTOINDEX`."),
    params: z.array(settingDefinition).optional().describe("Parameters of the index."),
  })
  .describe("An index. It is stored and described; this server does not search.");

/** The database that always exists. */
export const defaultDatabase = "default";

/** The checks that span several keys are made by `compileCollection`. */
export const vectorCollectionDefinition = z.strictObject({
  collectionName: z
    .string()
    .describe("Letters, digits and underscores, not starting with a digit; at most 255 characters."),
  dbName: z.string().default(defaultDatabase).describe("The database of the collection; created if absent."),
  description: z.string().optional().describe("A description of the collection."),
  fields: z
    .array(vectorFieldDefinition)
    .describe(`The schema: at most ${maxFields} fields, of these at most 4 dense vectors.`),
  indexes: z
    .array(indexDefinition)
    .max(maxFields)
    .optional()
    .describe(
      "The indexes in the description of the collection. A collection without indexes is described as not loaded; records are stored and read nevertheless.",
    ),
  loaded: z
    .boolean()
    .optional()
    .describe("Whether the collection is described as loaded. Default: whether every vector field has an index."),
  consistencyLevel: z.enum(consistencyLevels).optional().describe("It is described, of no effect. Default: `Bounded`."),
  shardsNum: int32.optional().describe("The number of shards. It is described, of no effect. Default: 1."),
  partitionsNum: int32
    .optional()
    .describe("The number of partitions of a collection with a partition key. Default: 16."),
  properties: z
    .array(settingDefinition)
    .optional()
    .describe("Properties of the collection, e.g. `collection.ttl.seconds`."),
  dynamic: z.boolean().default(false).describe("Whether records may have keys that the schema does not name."),
});

export type VectorFieldDefinition = z.output<typeof vectorFieldDefinition>;
export type VectorCollectionDefinition = z.output<typeof vectorCollectionDefinition>;
