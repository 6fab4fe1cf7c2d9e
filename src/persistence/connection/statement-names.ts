import { createHash } from "node:crypto";
import type { SqlDriverAdapter, SqlQuery } from "@prisma/driver-adapter-utils";
import { isNameProblem } from "../sql-state.js";
import { aroundStatements } from "./around-statements.js";

/** A named statement keeps its plan in every session of the pool. */
const maxNamed = 100;
const maxCounted = 1000;
/** A text that is sent less often is parsed anew each time. */
const usesBeforeNaming = 8;

/**
 * Names the statements that are sent often, so that the server parses and plans them once a session. A name is the hash
 * of its text: behind a pooler, another process never gives the same name to another statement.
 */
export class StatementNames {
  readonly #names = new Map<string, string>();
  #uses = new Map<string, number>();
  #isOn = true;

  readonly nameOf = ({ sql, args }: SqlQuery): string => {
    // There is nothing to plan in BEGIN and COMMIT, which stand outside the wrappers below.
    if (!this.#isOn || args.length === 0) return "";
    return this.#names.get(sql) ?? this.#count(sql);
  };

  #count(sql: string): string {
    if (this.#names.size === maxNamed) return "";
    const uses = (this.#uses.get(sql) ?? 0) + 1;
    if (uses < usesBeforeNaming) {
      // Texts that are sent once would fill the memory.
      if (this.#uses.size === maxCounted) this.#uses = new Map();
      this.#uses.set(sql, uses);
      return "";
    }
    const name = `recordgate_${createHash("sha256").update(sql).digest("base64url").slice(0, 22)}`;
    this.#uses.delete(sql);
    this.#names.set(sql, name);
    return name;
  }

  /**
   * Sends a statement once more, without a name, when a session does not know its name or another text has it. The server
   * answers so before it does anything. A transaction ends by that; it is repeated like one that met a conflict.
   */
  around(adapter: SqlDriverAdapter): SqlDriverAdapter {
    aroundStatements(adapter, (_query, run) => run().catch((error: unknown) => this.#turnOff(error, run)));
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel) => {
      const transaction = await startTransaction(isolationLevel);
      aroundStatements(transaction, (_query, run) => run().catch((error: unknown) => this.#turnOff(error)));
      return transaction;
    };
    return adapter;
  }

  #turnOff<Answer>(error: unknown, again?: () => Promise<Answer>): Promise<Answer> {
    if (!isNameProblem(error)) throw error;
    const wasOn = this.#isOn;
    this.#isOn = false;
    if (again === undefined || !wasOn) throw error;
    return again();
  }
}
