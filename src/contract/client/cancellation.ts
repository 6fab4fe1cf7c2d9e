import { TransportError, type ContractReply, type ContractRequest, type Transport } from "../message.js";

/** What ends a call before its reply. */
export interface CancellationSignals {
  /** The caller's deadline passed. */
  readonly deadline: AbortSignal;
  /** The program can no longer wait. */
  readonly stopping?: AbortSignal;
  /** The caller went away: a call that has not begun does not begin; one that has outlives its caller. */
  readonly left?: AbortSignal;
}

const cancellationCauses = {
  deadline: { kind: "timeout", message: "the deadline passed" },
  stopping: { kind: "unavailable", message: "Recordgate stopped" },
  left: { kind: "unavailable", message: "the caller went away" },
} as const satisfies Record<keyof CancellationSignals, { readonly kind: TransportError["kind"]; readonly message: string }>;

export function createCancellationError(ending: keyof CancellationSignals, sent: boolean): TransportError {
  const { kind, message } = cancellationCauses[ending];
  return new TransportError(`${message} before ${sent ? "the reply arrived" : "the call began"}`, sent, { kind });
}

/** Sends a request while its reply is wanted; a call given up before it began never begins. @throws TransportError */
export async function sendUntilCancelled(
  transport: Transport,
  request: ContractRequest,
  { deadline, stopping, left }: CancellationSignals,
): Promise<ContractReply> {
  let begun = false;
  const refuseWhenEnded = (): void => {
    if (deadline.aborted) throw createCancellationError("deadline", begun);
    if (stopping?.aborted) throw createCancellationError("stopping", begun);
    if (left?.aborted) throw createCancellationError("left", begun);
  };
  const begin = (): void => {
    refuseWhenEnded();
    begun = true;
  };
  refuseWhenEnded();
  const ask = async (): Promise<ContractReply> => transport({ ...request, begin }, call.signal);
  // Not `AbortSignal.any`: on Node 20 a signal that lives as long as the program keeps 70 bytes of each combination.
  const call = new AbortController();
  const end = (): void => call.abort();
  const ended = new Promise<never>((_resolve, reject) => {
    call.signal.addEventListener("abort", () => reject(createCancellationError(deadline.aborted ? "deadline" : "stopping", begun)));
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
