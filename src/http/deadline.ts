/** The header with the time that a client waits for the answer to a GraphQL request, in milliseconds. */
export const deadlineHeader = "recordgate-deadline-ms";

const maxDeadlineMs = 600_000;

export const wrongDeadlineMessage = `${deadlineHeader} must be a whole number from 1 to ${maxDeadlineMs}`;

/** Milliseconds; undefined for a request without a deadline. @returns "invalid" for an invalid value */
export function readDeadlineMs(header: string | readonly string[] | undefined): number | "invalid" | undefined {
  if (header === undefined) return undefined;
  const deadlineMs = typeof header === "string" && /^[1-9]\d{0,5}$/.test(header) ? Number(header) : Infinity;
  return deadlineMs <= maxDeadlineMs ? deadlineMs : "invalid";
}
