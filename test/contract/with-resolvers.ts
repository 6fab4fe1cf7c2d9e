/** `Promise.withResolvers`, which Node 20 does not have. */
export function withResolvers<Value>(): {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (reason: Error) => void;
} {
  let resolveLater: ((value: Value) => void) | undefined;
  let rejectLater: ((reason: Error) => void) | undefined;
  const promise = new Promise<Value>((resolve, reject) => {
    resolveLater = resolve;
    rejectLater = reject;
  });
  return { promise, resolve: (value) => resolveLater?.(value), reject: (reason) => rejectLater?.(reason) };
}
