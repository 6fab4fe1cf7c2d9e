import { createHash } from "node:crypto";
import type { SqlDriverAdapter, SqlQuery } from "@prisma/driver-adapter-utils";
import { FrequentTexts, maxNamed } from "../frequent-texts.js";
import { isNameProblem } from "../sql-state.js";
import { aroundStatements } from "./around-statements.js";

/**
 * Names the statements that are sent often, so that the server parses and plans them once a session. A name is the hash
 * of its text: behind a pooler, another process never gives the same name to another statement.
 */
export class StatementNames {
  readonly #names = new Map<string, string>();
  readonly #frequent = new FrequentTexts(8);
  #isOn = true;

  readonly nameOf = ({ sql, args }: SqlQuery): string => {
    // There is nothing to plan in BEGIN and COMMIT, which stand outside the wrappers below.
    if (!this.#isOn || args.length === 0) return "";
    return this.#names.get(sql) ?? this.#nameIfFrequent(sql);
  };

  #nameIfFrequent(sql: string): string {
    if (this.#names.size === maxNamed || !this.#frequent.count(sql)) return "";
    const name = `recordgate_${createHash("sha256").update(sql).digest("base64url").slice(0, 22)}`;
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
