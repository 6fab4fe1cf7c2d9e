import { currentRequest } from "../../core/request-scope.js";
import { TransportError, type ContractReply, type ContractRequest, type Transport } from "../message.js";

/** The signals that end a call before its reply. */
export interface CancellationSignals {
  /** The caller's deadline passed. */
  readonly deadline: AbortSignal;
  /** The program stops and no longer waits. */
  readonly stopping?: AbortSignal;
  /** The caller disconnected: a call that has not begun does not begin; a call that has begun continues. */
  readonly left?: AbortSignal;
}

const cancellationCauses = {
  deadline: { kind: "timeout", message: "the deadline passed" },
  stopping: { kind: "unavailable", message: "Recordgate stopped" },
  left: { kind: "unavailable", message: "the caller disconnected" },
} as const satisfies Record<
  keyof CancellationSignals,
  { readonly kind: TransportError["kind"]; readonly message: string }
>;

export function createCancellationError(ending: keyof CancellationSignals, sent: boolean): TransportError {
  const { kind, message } = cancellationCauses[ending];
  return new TransportError(`${message} before ${sent ? "the reply arrived" : "the call began"}`, sent, { kind });
}

/**
 * Sends a request and rejects as soon as a signal aborts. A call cancelled before its begin does not begin.
 * @throws TransportError
 */
export async function sendUntilCancelled(
  transport: Transport,
  request: ContractRequest,
  { deadline, stopping, left }: CancellationSignals,
): Promise<ContractReply> {
  let begun = false;
  let endCall: (() => void) | undefined;
  const refuseWhenEnded = (): void => {
    if (deadline.aborted) throw createCancellationError("deadline", begun);
    if (stopping?.aborted) throw createCancellationError("stopping", begun);
    if (left?.aborted) throw createCancellationError("left", begun);
  };
  const begin = (): void => {
    refuseWhenEnded();
    begun = true;
    endCall ??= currentRequest()?.beginCall();
  };
  refuseWhenEnded();
  const ask = async (): Promise<ContractReply> => {
    try {
      return await transport({ ...request, begin }, call.signal);
    } finally {
      endCall?.();
    }
  };
  // Not `AbortSignal.any`: on Node 20 every combination leaks 70 bytes into a signal that lives as long as the program.
  const call = new AbortController();
  const end = (): void => call.abort();
  const ended = new Promise<never>((_resolve, reject) => {
    call.signal.addEventListener("abort", () =>
      reject(createCancellationError(deadline.aborted ? "deadline" : "stopping", begun)),
    );
  });
  deadline.addEventListener("abort", end);
  stopping?.addEventListener("abort", end);
  try {
    return await Promise.race([ask(), ended]);
  } finally {
    deadline.removeEventListener("abort", end);
    stopping?.removeEventListener("abort", end);
  }
}
