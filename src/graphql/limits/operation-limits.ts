import { GraphQLError } from "graphql";

/** The largest operation that is executed, and the largest response. */
export interface OperationLimits {
  /** Lexical units of the text. */
  readonly tokens: number;
  /** Levels of fields, through fragments. */
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Fields and fragments, with every spread fragment written out. */
  readonly selections: number;
  /** Fields of the root types. */
  readonly rootFields: number;
  /** Values that the response may hold: the items of lists multiply the fields below them. */
  readonly nodes: number;
  /** Records of all writes of a request together. */
  readonly records: number;
  /** Bytes of the response, and of the records that it is made of. */
  readonly responseBytes: number;
}

export const limitCode = "OPERATION_LIMIT_EXCEEDED";

const meanings = {
  tokens: "tokens",
  depth: "levels of fields",
  aliases: "aliases",
  directives: "directives",
  selections: "selections, fragments written out",
  rootFields: "root fields",
  nodes: "nodes, the values that its response may hold",
  records: "records in all its writes together",
  responseBytes: "bytes in its response",
} as const satisfies Record<keyof OperationLimits, string>;

/** An operation is over a limit. Its numbers are sent to the client, so that it can ask for less. */
export class OperationLimitError extends GraphQLError {
  constructor(which: keyof OperationLimits, limit: number, actual: number) {
    super(`the operation has ${describeNumber(actual)} ${meanings[which]}, and at most ${limit} are allowed`, {
      extensions: {
        code: limitCode,
        which,
        limit,
        actual: Math.min(Math.ceil(actual), Number.MAX_SAFE_INTEGER),
        http: { status: 400 },
      },
    });
  }
}

/** @throws OperationLimitError for the first number that is over its limit */
export function refuseOverLimit(limits: OperationLimits, actual: Partial<OperationLimits>): void {
  // The keys are those of the limits.
  for (const which of Object.keys(actual) as (keyof OperationLimits)[]) {
    const number = actual[which];
    if (number !== undefined && number > limits[which]) throw new OperationLimitError(which, limits[which], number);
  }
}

function describeNumber(actual: number): string {
  return actual > Number.MAX_SAFE_INTEGER ? "too many" : String(Math.ceil(actual));
}
