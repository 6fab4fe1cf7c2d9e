import type { z } from "zod";
import { toViolation } from "../../contract/issues.js";
import { refusedBeforeAsking } from "../../application/providers.js";
import type { JsonObject } from "../../core/json.js";
import type { WriteOperation, WriteReceipt } from "../../core/write.js";
import type { GraphqlContext } from "../context.js";
import type { WriteInput } from "./write-input.js";

interface Written {
  readonly provider: string;
  readonly receipt: WriteReceipt;
}

/** @throws ProviderFailure */
export async function performWrite(operation: WriteOperation, input: WriteInput, context: GraphqlContext): Promise<Written> {
  const { services, inputs, origin, signal } = context;
  const { provider, value } = inputs.read(operation, input.target);
  const schema = services.directory.get(provider).provider.targets[operation];
  if (schema === undefined) throw new Error(`provider ${provider} has no target for ${operation}`);
  const target = parseTarget(provider, schema, value);
  const receipt = await services.writeRecords({ provider, operation, command: { target, records: input.records, origin } }, signal);
  return { provider, receipt };
}

function parseTarget(provider: string, schema: z.ZodObject, value: JsonObject): JsonObject {
  const parsed = schema.safeParse(value);
  // A target schema takes and gives JSON.
  if (parsed.success) return parsed.data as JsonObject;
  const violations = parsed.error.issues.map((issue) => toViolation(issue, "target"));
  const message = violations.map(({ field, message: problem }) => `${field ?? "target"}: ${problem}`).join("; ");
  throw refusedBeforeAsking({ provider, kind: "invalid-input", message, violations });
}
