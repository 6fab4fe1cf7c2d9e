import type { SqlDriverAdapter, Transaction } from "@prisma/driver-adapter-utils";
import { aroundStatements } from "./around-statements.js";
import type { StatementQueue } from "./statement-queue.js";

/** Sends statements and transactions through the queue. A transaction that has begun keeps its slot until it ends. */
export function queueAdapter(adapter: SqlDriverAdapter, queue: StatementQueue): SqlDriverAdapter {
  aroundStatements(adapter, (_query, run) => queue.run(run));
  const startTransaction = adapter.startTransaction.bind(adapter);
  adapter.startTransaction = async (isolationLevel) => {
    const leave = await queue.enter();
    try {
      const transaction = await startTransaction(isolationLevel);
      aroundStatements(transaction, async (_query, run) => {
        const answer = await run();
        await queue.rest();
        return answer;
      });
      leaveAtEnd(transaction, leave);
      return transaction;
    } catch (error) {
      leave();
      throw error;
    }
  };
  return adapter;
}

function leaveAtEnd(transaction: Transaction, leave: () => void): void {
  const commit = transaction.commit.bind(transaction);
  const rollback = transaction.rollback.bind(transaction);
  transaction.commit = () => commit().finally(leave);
  transaction.rollback = () => rollback().finally(leave);
}
