import type { ServerResponse } from "node:http";
import type { RequestScope } from "../core/request-scope.js";

/** Tells the scope when the client disconnects before it has its answer. */
export function watchDisconnect(response: ServerResponse, scope: RequestScope): void {
  if (response.destroyed) scope.leave();
  else response.once("close", () => response.writableFinished || scope.leave());
}
