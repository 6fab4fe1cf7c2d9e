/** How long a client waits for the answer to what it asks of GraphQL, in milliseconds. */
export const deadlineHeader = "recordgate-deadline-ms";

const maxDeadlineMs = 600_000;

export const wrongDeadlineMessage = `${deadlineHeader} must be a whole number from 1 to ${maxDeadlineMs}`;

/** Undefined when no deadline is set. @returns "wrong" for what is not one */
export function readDeadlineMs(header: string | readonly string[] | undefined): number | "wrong" | undefined {
  if (header === undefined) return undefined;
  const deadlineMs = typeof header === "string" && /^[1-9]\d{0,5}$/.test(header) ? Number(header) : Infinity;
  return deadlineMs <= maxDeadlineMs ? deadlineMs : "wrong";
}
