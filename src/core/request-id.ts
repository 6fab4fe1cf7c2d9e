import type { IdSource } from "./clock.js";

/**
 * Header of an answer that hides its cause: of a defect, or of a database that did not answer. The log line with the
 * cause has the same id.
 */
export const requestIdHeader = "recordgate-request-id";

/** Header in which a client or a proxy sends an id of its own. */
export const clientRequestIdHeader = "x-request-id";

/** Safe in logs and headers. */
const clientIdForm = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** The id that the client sent, if it has a safe form, else a new one. */
export function createRequestId(ids: Pick<IdSource, "uuid">, sent: string | readonly string[] | undefined): string {
  return typeof sent === "string" && clientIdForm.test(sent) ? sent : ids.uuid();
}

/** The id of a request, made when it is first needed. */
export function createLazyRequestId(...given: Parameters<typeof createRequestId>): () => string {
  let id: string | undefined;
  return () => (id ??= createRequestId(...given));
}
