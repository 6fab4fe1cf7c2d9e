/** A result that may be there already: waiting for it would take two turns of the queue of microtasks. */
export type Soon<Result> = Result | Promise<Result>;

/** Goes on with the result, at once where it is there. */
export function whenReady<Result, Next>(result: Soon<Result>, work: (result: Result) => Soon<Next>): Soon<Next> {
  return result instanceof Promise ? result.then(work) : work(result);
}
