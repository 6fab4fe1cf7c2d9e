import type { BatchOutcome } from "../../core/collection.js";
import { currentRequest, RequestLeftError, runOutsideRequests, type RequestScope } from "../../core/request-scope.js";
import { StoreUnavailableError } from "../../core/store.js";
import type { PreparedInsert } from "./prepared-insert.js";

const maxStatements = 2;
/** A larger batch is a statement of its own. */
const maxMemberBytes = 64 * 1024;
const maxGroupBytes = 1024 * 1024;
const maxMembers = 128;

/** Stores the inserts in one statement and answers the outcome of each. */
export type RunInserts = (inserts: readonly PreparedInsert[]) => Promise<readonly BatchOutcome[]>;

interface Member {
  readonly insert: PreparedInsert;
  readonly request: RequestScope | undefined;
  readonly resolve: (outcome: BatchOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: small inserts that arrive while two statements are under way share the next one. An insert never waits
 * for others to come. Each member is stored or stale by itself, whatever becomes of the others.
 */
export class InsertGroups {
  readonly #run: RunInserts;
  #waiting: Member[] = [];
  #statements = 0;

  constructor(run: RunInserts) {
    this.#run = run;
  }

  async insert(insert: PreparedInsert): Promise<BatchOutcome> {
    if (insert.rows.count === 0 || insert.rows.bytes > maxMemberBytes) return this.#runOne(insert);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ insert, request: currentRequest(), resolve, reject });
      if (this.#statements < maxStatements) void this.#runGroups();
    });
  }

  async #runGroups(): Promise<void> {
    this.#statements += 1;
    for (let group = this.#takeGroup(); group.length > 0; group = this.#takeGroup())
      await runOutsideRequests(() => this.#runGroup(group));
    this.#statements -= 1;
  }

  #takeGroup(): readonly Member[] {
    const group: Member[] = [];
    let bytes = 0;
    let taken = 0;
    for (const member of this.#waiting) {
      if (group.length === maxMembers || bytes + member.insert.rows.bytes > maxGroupBytes) break;
      taken += 1;
      if (member.request?.isOver === true) {
        member.reject(new RequestLeftError());
        continue;
      }
      bytes += member.insert.rows.bytes;
      group.push(member);
    }
    this.#waiting = this.#waiting.slice(taken);
    return group;
  }

  async #runGroup(group: readonly Member[]): Promise<void> {
    try {
      const outcomes = await this.#run(group.map(({ insert }) => insert));
      for (const [index, { resolve }] of group.entries()) resolve(outcomes[index] ?? "stale");
    } catch (error) {
      // A failure of the database is not the fault of a member; after a lost connection a repeat may store twice.
      if (group.length === 1 || error instanceof StoreUnavailableError) for (const { reject } of group) reject(error);
      else await Promise.all(group.map((member) => this.#runGroup([member])));
    }
  }

  async #runOne(insert: PreparedInsert): Promise<BatchOutcome> {
    const [outcome = "stale"] = await this.#run([insert]);
    return outcome;
  }
}
