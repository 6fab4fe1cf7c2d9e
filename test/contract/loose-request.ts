import type { ContractRequest, RequestBody } from "../../src/contract/message.js";
import { programScope } from "../../src/core/request-scope.js";
import type { JsonValue } from "../../src/json/value.js";

/** What tests say of a request: its body as a value, its size, or why it cannot be read. */
export interface LooseRequest extends Partial<Omit<ContractRequest, "body">> {
  readonly body?: JsonValue | undefined;
  readonly sizeBytes?: number;
  readonly bodyProblem?: string;
}

type Usual = Omit<LooseRequest, "method" | "path" | "query" | "headers"> &
  Pick<ContractRequest, "method" | "path" | "query" | "headers">;

/** What a test does not say of its request is as usual. */
export function fillRequest(usual: Usual, given: LooseRequest = {}): ContractRequest {
  const { body, sizeBytes, bodyProblem, ...request } = { scope: programScope, ...usual, ...given };
  return { ...request, body: toBody({ body, sizeBytes, bodyProblem }) };
}

function toBody({ body, sizeBytes, bodyProblem }: LooseRequest): RequestBody {
  if (bodyProblem !== undefined) return { kind: "unreadable", problem: bodyProblem, sizeBytes: sizeBytes ?? 1 };
  if (body === undefined && sizeBytes === undefined) return { kind: "none" };
  return { kind: "value", value: body ?? null, sizeBytes };
}
