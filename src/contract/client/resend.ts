import { ProviderFailure } from "../../core/failure.js";
import type { ContractCall, ContractResult } from "../call.js";
import { createCancellationError } from "../cancellation/cancellation.js";
import type { EndingSignal } from "../cancellation/ending.js";
import type { CredentialSource } from "../credential-source.js";
import { unlessAborted, type EndingSignals } from "../cancellation/deadline.js";
import { toSentRequest } from "./call-request.js";
import type { FailedCall } from "./failed-call.js";
import { refuseBusy, unreachable } from "./failure-reading.js";
import type { Mask } from "./mask.js";
import { waitBeforeResend, waitFor, type ResendRules } from "./resend-wait.js";
import type { Attempt, EnterRoom } from "./room.js";

interface Sender {
  readonly resend: ResendRules;
  readonly credentials?: CredentialSource;
  /** Hides the credential of a call too. */
  readonly maskSecret: (secret: string) => Mask;
  readonly enter: EnterRoom;
  readonly attempt: Attempt;
  /** Aborts when the program stops and no longer waits. */
  readonly stopping?: EndingSignal;
}

interface ResentCall {
  readonly called: FailedCall;
  readonly call: ContractCall;
  /** Whether the very same request cannot apply twice. */
  readonly isRepeatable: boolean;
  /** Counts the sends. */
  readonly progress: { attempts: number };
  /** Milliseconds since 1970. */
  readonly deadlineAt: number;
  readonly deadline: EndingSignal;
}

/** Sends a call until it succeeds or must not be sent again. @throws ProviderFailure */
export async function resendUntilDone(sender: Sender, resent: ResentCall): Promise<ContractResult<unknown>> {
  const { resend, credentials } = sender;
  const { call, isRepeatable, progress, deadlineAt } = resent;
  let hasRenewed = false;
  let mayHaveLanded = false;
  for (;;) {
    const secret = await readSecret(sender, resent, mayHaveLanded);
    progress.attempts += 1;
    try {
      return await sendOnce(sender, resent, secret);
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error;
      const { row } = error.details;
      if (mayHaveLanded && row !== undefined && row === call.landedRow) throw error.as({ outcome: "applied" });
      mayHaveLanded ||= error.details.outcome === "unknown";
      const failure = withEarlier(error, mayHaveLanded);
      const endings = signalsThatEnd(sender, resent);
      if (endings.some((signal) => signal?.aborted)) throw failure;
      const mayRepeat = isRepeatable || failure.details.outcome === "not-applied";
      if (credentials?.renews(row) === true) {
        // The service refuses the new credential too: further ones are not better.
        if (hasRenewed || !mayRepeat) throw failure;
        hasRenewed = true;
        await renewSecret(sender, resent, secret).catch((cause: unknown) => {
          throw withEarlier(cause, mayHaveLanded);
        });
        continue;
      }
      const remainingMs = deadlineAt - resend.clock.now().getTime();
      const attempt = { failure: error, attempt: progress.attempts, isRepeatable, remainingMs };
      const waitMs = waitBeforeResend(attempt, resend);
      if (waitMs === undefined) throw failure;
      await waitFor(resend.clock, waitMs, endings);
      if (endings.some((signal) => signal?.aborted)) throw failure;
    }
  }
}

/** After one of these, a call that has not begun does not begin. */
function signalsThatEnd({ stopping }: Sender, { called, deadline }: ResentCall): EndingSignals {
  return [deadline, called.request.scope.left, stopping];
}

/** A later attempt that certainly failed does not tell how an earlier one ended. */
function withEarlier<Thrown>(error: Thrown, mayHaveLanded: boolean): Thrown | ProviderFailure {
  if (!mayHaveLanded || !(error instanceof ProviderFailure) || error.details.outcome !== "not-applied") return error;
  const { retry } = error.details;
  return error.as({ outcome: "unknown", retry: retry === "yes" ? "only-if-idempotent" : retry });
}

function sendOnce(sender: Sender, resent: ResentCall, secret: string | undefined): Promise<ContractResult<unknown>> {
  const { enter, attempt, maskSecret } = sender;
  const { called, isRepeatable, deadline } = resent;
  const { contract, provider, settings, idempotent, clock, request } = called;
  const headers =
    secret === undefined
      ? request.headers
      : Object.assign({}, request.headers, contract.dialect.credentials.write(secret));
  const sent: FailedCall = {
    contract,
    request: toSentRequest(request, { headers, isRepeatable }),
    provider,
    settings,
    idempotent,
    clock,
    // A message of the service must not show the credential either.
    mask: secret === undefined ? called.mask : maskSecret(secret),
  };
  return enter(() => attempt(sent, deadline), {
    impatient: () => signalsThatEnd(sender, resent),
    refuse: () => refuseBusy(called),
  });
}

/** A secret that is known is answered at once. */
function readSecret(
  { credentials, stopping }: Sender,
  { called, deadline }: ResentCall,
  mayHaveLanded: boolean,
): string | undefined | Promise<string | undefined> {
  const read = credentials?.read();
  if (read === undefined || typeof read === "string") return read;
  return beforeCall(called, read, [deadline, stopping]).then(
    ({ value }) => value,
    (error: unknown) => {
      throw withEarlier(error, mayHaveLanded);
    },
  );
}

async function renewSecret(
  { credentials, stopping }: Sender,
  { called, deadline }: ResentCall,
  refused: string | undefined,
): Promise<void> {
  await beforeCall(called, credentials?.renew(refused), [deadline, stopping]);
}

/** Waits for something that the call needs. A failure of that leaves the call itself unsent. @throws ProviderFailure */
async function beforeCall<T>(
  called: FailedCall,
  work: Promise<T> | undefined,
  signals: EndingSignals,
): Promise<{ readonly value: T | undefined }> {
  const done = work?.then(
    (value) => ({ value }),
    (error: unknown) => {
      if (!(error instanceof ProviderFailure)) throw error;
      const { retry } = error.details;
      throw error.as({ outcome: "not-applied", retry: retry === "only-if-idempotent" ? "yes" : retry });
    },
  );
  const result = done === undefined ? { value: undefined } : await unlessAborted(done, signals);
  if (result !== undefined) return result;
  const [deadline] = signals;
  throw unreachable(called, createCancellationError(deadline?.aborted ? "deadline" : "stopping", false));
}
