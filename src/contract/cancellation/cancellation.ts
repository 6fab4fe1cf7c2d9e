import type { RequestScope } from "../../core/request-scope.js";
import { TransportError, type ContractReply } from "../message.js";
import { onAbort } from "./deadline.js";
import { Ending, type EndingSignal } from "./ending.js";

/** What ends a call before its reply. */
export interface CancellationSignals {
  /** The caller's deadline passed. */
  readonly deadline: EndingSignal | undefined;
  /** The program stops and no longer waits. */
  readonly stopping?: AbortSignal;
  /** Its client may disconnect: a call that has not begun does not begin; a call that has begun continues. */
  readonly scope: RequestScope;
}

const cancellationCauses = {
  deadline: { kind: "timeout", message: "the deadline passed" },
  stopping: { kind: "unavailable", message: "Recordgate stopped" },
  left: { kind: "unavailable", message: "the caller disconnected" },
} as const satisfies Record<string, { readonly kind: TransportError["kind"]; readonly message: string }>;

export function createCancellationError(ending: keyof typeof cancellationCauses, sent: boolean): TransportError {
  const { kind, message } = cancellationCauses[ending];
  return new TransportError(`${message} before ${sent ? "the reply arrived" : "the call began"}`, sent, { kind });
}

/** A call that its signals can cancel before its reply. */
interface CancellableCall {
  /** Notes that the call begins. @throws TransportError for a call that is cancelled already */
  readonly begin: () => void;
  /** For the transport, so that it does not keep the connection of a cancelled call. */
  readonly signal: Ending;
  /** The reply; rejects with TransportError as soon as the call is cancelled. */
  readonly orCancelled: (reply: Promise<ContractReply>) => Promise<ContractReply>;
}

/**
 * @param runsOn whether the transport finishes the call, up to its own time-outs, after the deadline
 * @throws TransportError for a call that is cancelled already, so that it does not begin
 */
export function openCall(
  { deadline, stopping, scope }: CancellationSignals,
  { runsOn }: { readonly runsOn: boolean },
): CancellableCall {
  let begun = false;
  let endCall: (() => void) | undefined;
  const refuseCancelled = (): void => {
    if (deadline?.aborted) throw createCancellationError("deadline", begun);
    if (stopping?.aborted) throw createCancellationError("stopping", begun);
    if (scope.hasLeft) throw createCancellationError("left", begun);
  };
  refuseCancelled();
  const signal = new Ending();
  return {
    begin() {
      refuseCancelled();
      begun = true;
      endCall ??= scope.beginCall();
    },
    signal,
    orCancelled: (reply) =>
      new Promise((resolve, reject) => {
        // A call that has begun is finished, also after its caller was answered.
        const end = (): void => {
          forget();
          endCall?.();
        };
        reply.then(
          (value) => {
            end();
            resolve(value);
          },
          (error: unknown) => {
            end();
            reject(error instanceof Error ? error : new Error("a call failed", { cause: error }));
          },
        );
        const forget = onAbort([deadline, stopping], () => {
          // A call that runs on still ends when the program stops.
          if (!runsOn || stopping?.aborted) signal.abort();
          const error = createCancellationError(deadline?.aborted ? "deadline" : "stopping", begun);
          // A reply that is there already is answered.
          queueMicrotask(() => reject(error));
        });
      }),
  };
}
