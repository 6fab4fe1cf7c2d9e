import type { IncomingHttpHeaders } from "node:http";
import type { Authority } from "./authority.js";

/**
 * The relation of a request to the server: `none` is sent by a program or by the user, `own` by a page of this server,
 * `listed` by a page of an origin in CORS_ORIGINS, `foreign` by any other page.
 */
export type Standing = "none" | "own" | "listed" | "foreign";

/**
 * Reads `Origin` and `Sec-Fetch-Site`, which a page cannot forge. A browser sends the second one also with requests
 * that have no `Origin`, such as images.
 */
export function standingOf(
  { origin, "sec-fetch-site": site }: IncomingHttpHeaders,
  { authority, corsOrigins }: { readonly authority?: Authority; readonly corsOrigins: ReadonlySet<string> },
): Standing {
  if (origin !== undefined && corsOrigins.has(origin)) return "listed";
  if (site !== undefined && site !== "same-origin" && site !== "none") return "foreign";
  if (origin === undefined) return "none";
  return authority !== undefined && origin === originOf(authority) ? "own" : "foreign";
}

function originOf({ host, port }: Authority): string {
  return port === undefined ? `http://${host}` : `http://${host}:${port}`;
}

const safeMethods: ReadonlySet<string | undefined> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a request with this method may change something. */
export function mayChange(method: string | undefined): boolean {
  return !safeMethods.has(method);
}
