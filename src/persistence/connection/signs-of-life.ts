import type { SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { aroundAllStatements, type StatementWrapper } from "./around-statements.js";

/** Tells when a database answers statements: one more, which only asks for that, may wait behind a large write. */
export class SignsOfLife {
  readonly #listeners = new Set<() => void>();

  watch(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
    return {
      provider: factory.provider,
      adapterName: factory.adapterName,
      connect: async () => aroundAllStatements(await factory.connect(), this.#note),
    };
  }

  /** Calls the listener at every statement that is answered without an error. The result forgets it. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  readonly #note: StatementWrapper = (_query, run) =>
    run().then((answer) => {
      for (const listener of this.#listeners) listener();
      return answer;
    });
}
