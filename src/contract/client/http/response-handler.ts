import type { Dispatcher } from "undici";
import { onAbort } from "../../cancellation/deadline.js";
import type { EndingSignal } from "../../cancellation/ending.js";
import type { Headers } from "../../message.js";
import type { IncomingResponse } from "./http-transport.js";
import { CollectedBody, type ReplyBounds } from "./reply-body.js";

interface Receiving {
  readonly bounds: ReplyBounds;
  readonly signal: EndingSignal;
  /** Called with the error of a request that had no response. */
  readonly noteUnanswered: (error: unknown) => void;
}

type RawHeaders = Parameters<NonNullable<Dispatcher.DispatchHandler["onResponseStart"]>>[2];

/**
 * The whole response to a request. Its parts are collected as they arrive: `request` of the HTTP client makes a stream
 * of them first, which costs more than a short response itself.
 */
export function receiveResponse(
  dispatch: (handler: Dispatcher.DispatchHandler) => void,
  { bounds, signal, noteUnanswered }: Receiving,
): Promise<IncomingResponse> {
  return new Promise((resolve, reject) => {
    const body = new CollectedBody(bounds);
    let controller: Dispatcher.DispatchController | undefined;
    let status: number | undefined;
    let headers: Headers = {};
    const giveUp = (): void => controller?.abort(new Error("the call was given up"));
    const forget = onAbort([signal], giveUp);
    dispatch({
      onRequestStart(started) {
        controller = started;
        if (signal.aborted) giveUp();
      },
      onResponseStart(_controller, statusCode, received) {
        // Further ones follow after one that informs.
        if (statusCode < 200) return;
        status = statusCode;
        headers = toHeaders(received);
      },
      onResponseData(started, part) {
        try {
          body.add(part);
        } catch (error) {
          started.abort(error instanceof Error ? error : new Error("a part was not taken", { cause: error }));
        }
      },
      onResponseEnd() {
        forget();
        resolve({ status: status ?? 0, headers, body: body.toBytes() });
      },
      onResponseError(_controller, error) {
        forget();
        if (status === undefined) noteUnanswered(error);
        reject(error);
      },
    });
  });
}

/** Joins the values of a header that is repeated. */
function toHeaders(received: RawHeaders): Headers {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(received))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  return headers;
}
