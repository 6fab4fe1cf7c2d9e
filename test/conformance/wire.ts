import { parseJson, stringifyJson } from "../../src/contract/json.js";
import type { ContractReply, Method, Transport } from "../../src/contract/message.js";
import { violationsHeader, writeViolations } from "../../src/contract/violations-header.js";

/** A `fetch` whose other end is a router: every body becomes text and is parsed again, as on a real wire. */
export function fetchOverRouter(router: Transport): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const text = await request.text();
    const names = [...new Set(url.searchParams.keys())];
    const reply = await router(
      {
        method: request.method as Method, // our own transport sent it
        path: url.pathname,
        query: Object.fromEntries(names.map((name) => [name, oneOrMany(url.searchParams.getAll(name))])),
        headers: Object.fromEntries(request.headers),
        body: text === "" ? undefined : parseJson(text),
        sizeBytes: Buffer.byteLength(text),
      },
      request.signal,
    );
    return toResponse(reply);
  };
}

/** What a service would send that answers so. */
export function toResponse({ status, headers, body, violations }: ContractReply): Response {
  const text = typeof body === "string" ? body : body === undefined ? "" : stringifyJson(body);
  const sent = new Headers(headers);
  if (violations !== undefined) sent.set(violationsHeader, writeViolations(violations));
  return new Response(text, { status, headers: sent });
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [first = ""] = values;
  return values.length > 1 ? values : first;
}
