import type { ServerResponse } from "node:http";
import * as original from "../../../src/http/front-listener.js";
import { needles, noteTold } from "../scan.js";

export * from "../../../src/http/front-listener.js";

/** Every request over HTTP arrives here. */
export function createFrontListener(
  options: Parameters<typeof original.createFrontListener>[0],
): ReturnType<typeof original.createFrontListener> {
  const listener = original.createFrontListener(options);
  return (request, response) => {
    needles.noteCredentials(request.headers);
    noteFailure(response);
    listener(request, response);
  };
}

function noteFailure(response: ServerResponse): void {
  const write = response.write.bind(response) as (...given: unknown[]) => boolean;
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
  const note = (chunk: unknown): void => {
    if (response.statusCode < 400) return;
    if (typeof chunk === "string" || chunk instanceof Uint8Array) noteTold("error", Buffer.from(chunk).toString());
  };
  Object.assign(response, {
    write: (...given: unknown[]) => {
      note(given[0]);
      return write(...given);
    },
    end: (...given: unknown[]) => {
      note(given[0]);
      return end(...given);
    },
  });
}
