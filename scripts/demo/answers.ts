import { z } from "zod";
import { writeOperations, type WriteOperation } from "../../src/core/write.js";

const object = z.record(z.string(), z.json());

const provider = z.object({
  id: z.string(),
  mode: z.string(),
  operations: z.array(z.object({ name: z.enum(writeOperations), idempotent: z.boolean() })),
  samples: z.array(
    z.object({
      definition: object,
      target: object,
      records: z.array(object),
      faultyRecord: object,
      faultyField: z.string(),
      absentTarget: object,
    }),
  ),
});

export type DemoProvider = z.output<typeof provider>;
export type DemoSample = DemoProvider["samples"][number];

export const providersAnswer = z.object({ recordProviders: z.array(provider) });

export const providersQuery = `{ recordProviders { id mode operations { name idempotent }
  samples { definition target records faultyRecord faultyField absentTarget } } }`;

export const createCollection = `mutation ($input: CreateCollectionInput!) {
  result: createCollection(input: $input) { __typename ... on WriteError { message } } }`;

export const createdAnswer = z.object({ result: z.object({ __typename: z.string(), message: z.string().optional() }) });

const refusal = `__typename
  ... on WriteError { message safeToResend outcome upstream { httpStatus code } }
  ... on WriteInvalidInputError { violations { recordIndex field } }`;

export const writes = {
  insertRecords: `mutation ($input: InsertRecordsInput!) { result: insertRecords(input: $input) { ${refusal}
    ... on InsertRecordsSuccess { count: insertedCount } ... on InsertRecordsAccepted { task { id } } } }`,
  upsertEntities: `mutation ($input: UpsertEntitiesInput!) { result: upsertEntities(input: $input) { ${refusal}
    ... on UpsertEntitiesSuccess { count: upsertedCount } } }`,
} satisfies Record<WriteOperation, string>;

const place = z.object({ recordIndex: z.number().nullable(), field: z.string().nullable() });

export type Place = z.output<typeof place>;

const result = z.object({
  __typename: z.string(),
  count: z.number().optional(),
  task: z.object({ id: z.string() }).optional(),
  message: z.string().optional(),
  safeToResend: z.boolean().optional(),
  outcome: z.string().optional(),
  upstream: z.object({ httpStatus: z.number().nullable(), code: z.string().nullable() }).nullish(),
  violations: z.array(place).optional(),
});

export type WriteResult = z.output<typeof result>;

export const writeAnswer = z.object({ result });

export const taskQuery = `query ($id: ID!) { importTask(id: $id) { status progress totalCount successCount failCount
  error { __typename message } failures(first: 10) { nodes { recordIndex field } } } }`;

const task = z.object({
  status: z.enum(["PENDING", "SUCCEEDED", "FAILED"]),
  progress: z.number(),
  totalCount: z.number().nullable(),
  successCount: z.number().nullable(),
  failCount: z.number().nullable(),
  error: z.object({ __typename: z.string(), message: z.string() }).nullable(),
  failures: z.object({ nodes: z.array(place) }),
});

export type Task = z.output<typeof task>;

export const taskAnswer = z.object({ importTask: task });
