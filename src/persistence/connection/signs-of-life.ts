import type { SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { aroundStatements, type StatementWrapper } from "./around-statements.js";

/** Tells when a database answers statements: one more, which only asks for that, may wait behind a large write. */
export class SignsOfLife {
  #waiting: (() => void)[] = [];

  watch(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
    return {
      provider: factory.provider,
      adapterName: factory.adapterName,
      connect: async () => {
        const adapter = await factory.connect();
        aroundStatements(adapter, this.#note);
        const startTransaction = adapter.startTransaction.bind(adapter);
        adapter.startTransaction = async (isolationLevel) => {
          const transaction = await startTransaction(isolationLevel);
          aroundStatements(transaction, this.#note);
          return transaction;
        };
        return adapter;
      },
    };
  }

  /** Ends when the next statement is answered without an error. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  readonly #note: StatementWrapper = async (_query, run) => {
    const answer = await run();
    for (const resolve of this.#waiting.splice(0)) resolve();
    return answer;
  };
}
