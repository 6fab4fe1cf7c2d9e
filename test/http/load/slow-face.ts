import type { ContractReply, ReceivedBody } from "../../../src/contract/message.js";
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
  const face = {
    transport: async ({
      body,
    }: {
      readonly body: { readonly kind: string; readonly receive?: () => Promise<ReceivedBody> };
    }) => reply(200, await handle(body.receive ?? (() => Promise.reject(new Error("the body was read"))))),
    answerUnreadable: ({ problem, status = 400 }: { readonly problem: string; readonly status?: number }) =>
      reply(status, `toy: ${problem}`),
    answerOverload: () => ({ ...reply(503, "toy: busy"), headers: { "retry-after": "1" } }),
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
