import { readFileSync } from "node:fs";
import { z } from "zod";
import { parseJson } from "../../src/json/parse.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/json/value.js";
import { expand } from "./checks/directives.js";

const json = z.custom<JsonValue>(() => true);
const object = z.custom<JsonObject>(isJsonObject);
const nullableText = z.record(z.string(), z.string().nullable());

const requestSchema = z.strictObject({
  method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
  path: z.string(),
  query: z.record(z.string(), z.union([z.string(), z.array(z.string()), z.null()])).nullish(),
  headers: nullableText.optional(),
  body: json.optional(),
  rawBody: z.string().optional(),
  padTo: z.int().optional(),
  concurrent: z.int().optional(),
  status: z.int().optional(),
});

const replySchema = z.strictObject({
  drop: z.literal(true).optional(),
  status: z.int().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: json.optional(),
  rawBody: z.string().optional(),
});

const givenSchema = z.strictObject({
  schema: z.string().optional(),
  rows: z.array(object).default([]),
  set: object.optional(),
  config: object.default({}),
  users: z
    .array(z.object({ name: z.string(), password: z.string(), privileges: z.array(z.string()).default([]) }))
    .default([]),
  auth: z.enum(["on", "off"]).default("on"),
  databases: z.array(z.string()).default([]),
  aliases: z.union([z.record(z.string(), z.string()), z.array(z.string())]).default([]),
  requests: z.array(requestSchema).default([]),
  replies: z.array(replySchema).optional(),
});

const expectSchema = z.strictObject({
  status: z.int().optional(),
  statuses: z.array(z.int()).optional(),
  body: json.optional(),
  text: z.string().optional(),
  textPattern: z.string().optional(),
  code: z.union([z.string(), z.number()]).optional(),
  message: z.string().optional(),
  messagePattern: z.string().optional(),
  count: z.int().optional(),
  ids: z.array(json).optional(),
  idsPattern: z.string().optional(),
  keys: z.array(z.string()).optional(),
  has: object.optional(),
  headers: z.record(z.string(), z.string()).optional(),
  kind: z.string().optional(),
  storedCount: z.int().optional(),
  stored: z.array(object).optional(),
  task: object.optional(),
});

const remoteExpectSchema = z.strictObject({
  requests: z.int(),
  outcome: z.enum(["success", "failure", "stored-ids-unknown", "unknown"]),
  count: z.int().optional(),
  ids: z.array(z.string()).optional(),
  kind: z.string().optional(),
  retryable: z.enum(["yes", "no", "only-if-idempotent"]).optional(),
  code: z.union([z.string(), z.number()]).optional(),
  status: z.int().optional(),
  messagePattern: z.string().optional(),
  waitAtLeastMs: z.int().optional(),
  sent: z.array(object).optional(),
});

const caseSchema = z.object({
  id: z.string(),
  title: z.string(),
  side: z.literal("remote").optional(),
  providers: z.array(z.string()).optional(),
  operations: z.array(z.string()).optional(),
  given: givenSchema.default(givenSchema.parse({})),
  request: requestSchema,
  /** Checked by `expectSchema`, once the provider's side is known. */
  expect: object,
});

const fileSchema = z.object({
  defaults: z.object({
    headers: z.record(z.string(), z.string()).default({}),
    query: z.record(z.string(), z.string()).default({}),
  }),
  schemas: z.record(z.string(), object),
  cases: z.array(caseSchema),
});

export type CaseFile = z.output<typeof fileSchema>;
export type Case = z.output<typeof caseSchema>;
export type CaseRequest = z.output<typeof requestSchema>;
export type Given = z.output<typeof givenSchema>;
export type Expectation = z.output<typeof expectSchema>;

/** @throws Error naming the member that breaks the form of contracts/cases/README.md */
export function readCaseFile(path: string): CaseFile {
  return fileSchema.parse(parseJson(readFileSync(path, "utf8")));
}

export type RemoteExpectation = z.output<typeof remoteExpectSchema>;

/** The expectation of a call of our client. */
export function readRemoteExpectation(expect: JsonObject): RemoteExpectation {
  return remoteExpectSchema.parse(expect);
}

/** Expands directives in an expectation, as in a request. */
export function readExpectation(expect: JsonObject): Expectation {
  return expectSchema.parse(expand(expect));
}
