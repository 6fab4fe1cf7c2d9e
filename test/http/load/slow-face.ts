import type { ContractReply, ReceivedBody, Transport } from "../../../src/contract/message.js";
import { OverloadError } from "../../../src/core/overload-error.js";
import type { RestFacesOptions } from "../../../src/http/rest-faces.js";

const reply = (status: number, body: string): ContractReply => ({
  status,
  headers: { "content-type": "text/plain", "access-control-allow-origin": "*" },
  body,
});

/** A face at `/toy` that does what it is told with the body of a request. */
export function slowFace(
  handle: (receive: () => Promise<ReceivedBody>) => Promise<string>,
  maxBodyBytes = 10_000_000,
): RestFacesOptions {
  const busy = { ...reply(503, "toy: busy"), headers: { "retry-after": "1" } };
  const transport: Transport = async ({ body }) => {
    if (body.kind !== "pending") throw new Error("the body was read before the face");
    try {
      return reply(200, await handle(body.receive));
    } catch (error) {
      if (error instanceof OverloadError) return busy;
      throw error;
    }
  };
  const face = {
    transport,
    answerUnreadable: ({ problem, status = 400 }: { readonly problem: string; readonly status?: number }) =>
      reply(status, `toy: ${problem}`),
    answerOverload: () => busy,
    answersPreflights: false,
    maxBodyBytes,
  };
  return { mounts: [{ path: "/toy", provider: "toy", strip: "/toy" }], faces: new Map([["toy", face]]), faults: false };
}

export function sizeOf(body: ReceivedBody): string {
  return "sizeBytes" in body ? `${body.kind} ${body.sizeBytes}` : body.kind;
}

/** Keeps the process from doing anything else. */
export function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** The head of a request to the face. */
export function headOf(contentLength: number, ...lines: readonly string[]): string {
  return ["POST /toy HTTP/1.1", "host: localhost", `content-length: ${contentLength}`, ...lines, "", ""].join("\r\n");
}

export function jsonOf(bytes: number): string {
  return `"${"x".repeat(bytes - 2)}"`;
}
