interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

// Node.js 20 runs all of PostGraphile 5, which asks for 22, but for this function. With it both servers of a row run
// on the same version.
if (!("withResolvers" in Promise)) Object.defineProperty(Promise, "withResolvers", { value: createDeferred });

function createDeferred<T>(): Deferred<T> {
  let settlers: Omit<Deferred<T>, "promise"> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settlers = { resolve, reject };
  });
  if (settlers === undefined) throw new Error("a promise runs its executor at once");
  return { promise, ...settlers };
}
