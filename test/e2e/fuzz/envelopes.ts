import { z } from "zod";
import type { FuzzReply } from "./wire.js";

/** Describes a deviation from the form that the contract documents for every reply; undefined when there is none. */
export type CheckReply = (reply: FuzzReply, method: string) => string | undefined;

const upperUuid = /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;

const vectorBody = z.union([
  z
    .strictObject({
      code: z.union([z.literal(200), z.literal(0)]),
      data: z.unknown(),
      cost: z.int().optional(),
      message: z.literal("").optional(),
    })
    .refine(({ data }) => data !== undefined),
  z.strictObject({ code: z.int().refine((code) => code !== 200 && code !== 0), message: z.string().min(1) }),
]);

const altatechBody = z.union([
  z.strictObject({ code: z.int(), message: z.string().min(1), data: z.unknown().optional() }),
  z.array(z.object({ id: z.string(), status: z.enum(["PENDING_PARSE", "AVAILABLE", "FAIL"]) })),
]);

const dingtalkFailure = z.strictObject({
  code: z.string().min(1),
  requestid: z.string().regex(upperUuid),
  message: z.string().min(1),
  accessdenieddetail: z.unknown().optional(),
});
const dingtalkSuccess = z.union([
  z.strictObject({ value: z.array(z.object({ id: z.string() })) }),
  z.strictObject({
    hasMore: z.boolean(),
    nextToken: z.string(),
    records: z.array(z.object({ id: z.string(), fields: z.object() })),
  }),
  z.object({ id: z.string() }),
  z.strictObject({ changedRecordIds: z.array(z.string()) }),
  z.strictObject({ accessToken: z.string(), expireIn: z.int() }),
]);

const redivisFailure = z.strictObject({
  status: z.int(),
  error: z.string().min(1),
  error_description: z.string().min(1),
  scope: z.string().optional(),
});
const redivisSuccess = z.union([
  z.object({ kind: z.string() }),
  z.strictObject({ results: z.array(z.unknown()), nextPageToken: z.string().nullable() }),
]);

function isJson(reply: FuzzReply): boolean {
  return reply.headers.get("content-type")?.startsWith("application/json") === true;
}

function explain(schema: z.ZodType, { body }: FuzzReply): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return "the body is not JSON";
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? undefined : z.prettifyError(parsed.error);
}

const checkVector: CheckReply = (reply, method) => {
  if (reply.status === 204) return method === "OPTIONS" && reply.body === "" ? undefined : "204 is for OPTIONS";
  const plain = { 404: /^404 page not found$/, 400: /^400 Bad Request: / }[reply.status];
  if (reply.headers.get("access-control-allow-origin") !== "*") return "the CORS headers are missing";
  if (plain !== undefined) return plain.test(reply.body) || method === "HEAD" ? undefined : "the text is wrong";
  if (!isJson(reply)) return "the content type is wrong";
  return explain(vectorBody, reply);
};

const checkAltatech: CheckReply = (reply) =>
  isJson(reply) ? explain(altatechBody, reply) : "the content type is wrong";

const checkDingtalk: CheckReply = (reply) =>
  isJson(reply)
    ? explain(reply.status === 200 ? dingtalkSuccess : dingtalkFailure, reply)
    : "the content type is wrong";

const checkRedivis: CheckReply = (reply) => {
  if (!isJson(reply)) return "the content type is wrong";
  if (reply.status < 300) return explain(redivisSuccess, reply);
  return explain(
    redivisFailure.refine(({ status }) => status === reply.status, "the status in the body is wrong"),
    reply,
  );
};

const checks: Readonly<Record<string, CheckReply>> = {
  zilliz: checkVector,
  milvus: checkVector,
  altatech: checkAltatech,
  dingtalk: checkDingtalk,
  redivis: checkRedivis,
};

/** Checks that hold for every face: no server error, nothing internal in the body, and no body for HEAD. */
export function checkEnvelope(provider: string, method: string, reply: FuzzReply): string | undefined {
  if (reply.status >= 500) return `the status is ${reply.status}`;
  if (/node_modules|\bat \S+ \(|prisma|postgres|ECONN/i.test(reply.body))
    return "the body shows internals of the program";
  if (method === "HEAD") return reply.body === "" ? undefined : "HEAD has a body";
  return checks[provider]?.(reply, method) ?? undefined;
}
