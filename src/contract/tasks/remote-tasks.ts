import type { z } from "zod";
import type { Connect, ContractCall } from "../call.js";
import type { Contract } from "../contract.js";
import { toTaskEnd, type TaskEnd, type TaskReport } from "./task-end.js";

/** A task of a real service, with the number of records that were sent. */
export interface AskedTask {
  readonly id: string;
  readonly totalCount: number;
}

/** Asks once; undefined while the task has not ended. @throws ProviderFailure */
export type AskTask = (task: AskedTask, signal: AbortSignal) => Promise<TaskEnd | undefined>;

interface RemoteTaskKind<Reply extends z.ZodType> {
  /** Reads only: it is sent again after every failure. */
  readonly contract: Contract<z.ZodType, Reply>;
  readonly toCall: (task: AskedTask) => Omit<ContractCall, "origin">;
  /** Undefined while the reply does not say that the task has ended, also when it does not have the task. */
  readonly read: (reply: z.output<Reply>, task: AskedTask) => TaskReport | undefined;
  /** How often a task is asked for at most, unless configured. */
  readonly polls: number;
  /** Milliseconds between the first two times. The pauses grow from there. */
  readonly firstPauseMs: number;
}

/** How the tasks of a real service are followed to their end. */
export interface RemoteTasks {
  readonly polls: number;
  /** Milliseconds after the time with this number, counted from 1. */
  readonly pauseAfter: (poll: number) => number;
  readonly connect: (connect: Connect) => AskTask;
}

const growth = 1.25;

/** Pauses grow to this multiple of the first one. */
const maxGrowth = 20;

/** @throws Error at start-up for a contract that does more than read */
export function defineRemoteTasks<Reply extends z.ZodType>({
  contract,
  toCall,
  read,
  polls,
  firstPauseMs,
}: RemoteTaskKind<Reply>): RemoteTasks {
  if (contract.keyOperation !== "read" || !contract.idempotent)
    throw new Error(`tasks are asked for by contract ${contract.name}, which is not a read that may be repeated`);
  return {
    polls,
    pauseAfter: (poll) => Math.round(firstPauseMs * Math.min(growth ** (poll - 1), maxGrowth)),
    connect: (connect) => {
      const client = connect(contract);
      return async (task, signal) => {
        const result = await client(toCall(task), signal);
        const report = read(result.reply, task);
        return report && toTaskEnd(report, { totalCount: task.totalCount, tell: (text) => result.tell(text) });
      };
    },
  };
}
