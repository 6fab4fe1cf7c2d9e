import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError, Kind } from "graphql";
import type { Log } from "../../core/log.js";
import { OperationLimitError } from "../limits/operation-limits.js";
import { RequestLeftError, StoreUnavailableError, unreachableDatabase } from "../../core/store.js";
import type { RequestIds } from "./request-ids.js";

const maxMessageLength = 1000;

type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** The one place where unexpected errors are masked. Every error leaves with a stable `extensions.code`. */
export function createFormatError(log: Log, idOf: RequestIds["idOf"]): FormatError {
  return (formatted, error) => {
    const original = unwrapResolverError(error);
    const { locations, path } = formatted;
    const answer = (code: string, message: string): GraphQLFormattedError => ({
      message: cutMiddle(message),
      locations,
      path,
      extensions: { code, ...pickWait(formatted) },
    });
    const mask = (logged: string, code: string, message: string): GraphQLFormattedError => {
      const requestId = idOf(error);
      if (!(original instanceof RequestLeftError)) log.error({ requestId, path, error: original }, logged);
      const shown = answer(code, message);
      return { ...shown, extensions: { ...shown.extensions, requestId } };
    };
    if (original instanceof StoreUnavailableError) {
      return mask("the database did not answer", "SERVICE_UNAVAILABLE", unreachableDatabase);
    }
    if (original instanceof OperationLimitError) {
      const { http: _http, ...numbers } = original.extensions;
      return { message: formatted.message, locations, path, extensions: numbers };
    }
    const code = formatted.extensions?.["code"];
    if (typeof code === "string" && code !== "INTERNAL_SERVER_ERROR")
      return answer(code, explainRangeError(original) ?? formatted.message);
    if (isArgumentError(original)) return answer("BAD_USER_INPUT", formatted.message);
    return mask("an operation failed unexpectedly", "INTERNAL_SERVER_ERROR", "internal error");
  };
}

/** The stack of the parser was exhausted: the text may be grammatical. */
function explainRangeError(original: unknown): string | undefined {
  return original instanceof RangeError ? "the operation is nested too deeply" : undefined;
}

/**
 * graphql-js detects a variable that does not fit its argument during execution only, and reports it without a code.
 */
function isArgumentError(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.originalError !== undefined) return false;
  const kind = error.nodes?.[0]?.kind;
  return kind === Kind.VARIABLE || kind === Kind.ARGUMENT || kind === Kind.OBJECT || kind === Kind.LIST;
}

/** graphql-js quotes an invalid value whole, at any length. */
function cutMiddle(message: string): string {
  if (message.length <= maxMessageLength) return message;
  return `${message.slice(0, maxMessageLength / 2).toWellFormed()} … ${message.slice(-maxMessageLength / 2).toWellFormed()}`;
}

/** The wait that a refusal of too many requests names. */
function pickWait({ extensions }: GraphQLFormattedError): { readonly retryAfterMs?: number } {
  const retryAfterMs = extensions?.["retryAfterMs"];
  return typeof retryAfterMs === "number" ? { retryAfterMs } : {};
}
