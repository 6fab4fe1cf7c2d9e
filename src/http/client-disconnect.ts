import type { ServerResponse } from "node:http";

/** Aborts when the client disconnects before it has its answer. */
export function watchDisconnect(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  if (response.destroyed) controller.abort();
  else response.once("close", () => response.writableFinished || controller.abort());
  return controller.signal;
}
