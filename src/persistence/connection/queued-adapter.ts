import type { SqlDriverAdapter, SqlQueryable, Transaction } from "@prisma/driver-adapter-utils";
import type { FairQueue } from "./fair-queue.js";

/** Sends statements and transactions through the queue. A transaction that has begun keeps its slot until it ends. */
export function queueAdapter(adapter: SqlDriverAdapter, queue: FairQueue): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  const executeRaw = adapter.executeRaw.bind(adapter);
  const startTransaction = adapter.startTransaction.bind(adapter);
  adapter.queryRaw = (query) => queue.run(() => queryRaw(query));
  adapter.executeRaw = (query) => queue.run(() => executeRaw(query));
  adapter.startTransaction = async (isolationLevel) => {
    const leave = await queue.enter();
    try {
      const transaction = await startTransaction(isolationLevel);
      restBetween(transaction, queue);
      leaveAtEnd(transaction, leave);
      return transaction;
    } catch (error) {
      leave();
      throw error;
    }
  };
  return adapter;
}

function restBetween(target: SqlQueryable, queue: FairQueue): void {
  const queryRaw = target.queryRaw.bind(target);
  const executeRaw = target.executeRaw.bind(target);
  target.queryRaw = async (query) => {
    const answer = await queryRaw(query);
    await queue.rest();
    return answer;
  };
  target.executeRaw = async (query) => {
    const answer = await executeRaw(query);
    await queue.rest();
    return answer;
  };
}

function leaveAtEnd(transaction: Transaction, leave: () => void): void {
  const commit = transaction.commit.bind(transaction);
  const rollback = transaction.rollback.bind(transaction);
  transaction.commit = () => commit().finally(leave);
  transaction.rollback = () => rollback().finally(leave);
}
