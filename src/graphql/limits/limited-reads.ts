import { HeaderMap } from "@apollo/server";
import { GraphQLError } from "graphql";
import type { ReadRecords } from "../../application/read-records.js";
import { OverloadError } from "../../core/overload-error.js";
import { ReadLimitError } from "../../core/read-meter.js";
import { OperationLimitError } from "./operation-limits.js";

/** The same reads; one of too many bytes is refused in the words of GraphQL. */
export function limitReads(read: ReadRecords): ReadRecords {
  return {
    collectionsById: explained((...asked) => read.collectionsById(...asked)),
    listCollections: explained((...asked) => read.listCollections(...asked)),
    recordsById: explained((...asked) => read.recordsById(...asked)),
    recordPages: explained((...asked) => read.recordPages(...asked)),
    tasksById: explained((...asked) => read.tasksById(...asked)),
    listTasks: explained((...asked) => read.listTasks(...asked)),
    failurePages: explained((...asked) => read.failurePages(...asked)),
  };
}

function explained<Values extends readonly unknown[], Answer>(
  ask: (...values: Values) => Promise<Answer>,
): (...values: Values) => Promise<Answer> {
  return async (...values) => {
    try {
      return await ask(...values);
    } catch (error) {
      if (error instanceof ReadLimitError) throw new OperationLimitError("responseBytes", error.limit, error.actual);
      if (error instanceof OverloadError) throw toBusyError(error);
      throw error;
    }
  };
}

function toBusyError({ message, retryAfterSeconds }: OverloadError): GraphQLError {
  const headers = new HeaderMap([["retry-after", String(retryAfterSeconds)]]);
  return new GraphQLError(message, {
    extensions: {
      code: "SERVICE_UNAVAILABLE",
      retryAfterMs: retryAfterSeconds * 1000,
      http: { status: 503, headers },
    },
  });
}
