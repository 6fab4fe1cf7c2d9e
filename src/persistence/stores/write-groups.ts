import { setImmediate as nextTurn } from "node:timers/promises";
import type { BatchOutcome } from "../../core/collection.js";
import { StoreUnavailableError } from "../../core/store.js";
import type { NewRows } from "./new-rows.js";

/** The time from which a statement is slow, in milliseconds: it may wait for a lock, or for a disk. */
const slowMs = 10;
/**
 * A larger batch is a statement of its own: the server spends more on its rows than on the statement, and works on
 * several at once.
 */
const maxMemberBytes = 16 * 1024;
const maxGroupBytes = 1024 * 1024;
const maxMembers = 128;

interface GroupedWrite {
  readonly rows: NewRows;
}

/** Carries out the writes in one statement and answers the outcome of each. */
export type RunWrites<Write> = (writes: readonly Write[]) => Promise<readonly BatchOutcome[]>;

/**
 * Begins a group. The answered function takes the writes in the order of their arrival, and answers whether the next one
 * may share the statement of those that it has taken before: always for the first.
 */
export type BeginGroup<Write> = () => (write: Write) => boolean;

interface Member<Write> {
  readonly write: Write;
  readonly resolve: (outcome: BatchOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: small writes that arrive while a statement is under way share the next one, which begins when that one
 * ends, or beside it once it is slow. A lone write never waits for others to come. Each member is stored or stale by
 * itself, whatever becomes of the others.
 */
export class WriteGroups<Write extends GroupedWrite> {
  readonly #run: RunWrites<Write>;
  readonly #begin: BeginGroup<Write>;
  readonly #slowMs: number;
  #waiting: Member<Write>[] = [];
  #statements = 0;
  /** The start of the latest statement but those beside it. */
  #startedAt = 0;
  #watch: NodeJS.Timeout | undefined;

  /** @param begin absent: all writes may share a statement */
  constructor(run: RunWrites<Write>, begin: BeginGroup<Write> = () => () => true, patienceMs = slowMs) {
    this.#run = run;
    this.#begin = begin;
    this.#slowMs = patienceMs;
  }

  write(write: Write): Promise<BatchOutcome> {
    if (write.rows.count === 0 || write.rows.bytes > maxMemberBytes) return this.#runOne(write);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ write, resolve, reject });
      if (this.#statements === 0) void this.#runGroups();
      else if (this.#statements === 1) this.#watch ??= setTimeout(() => this.#judgeSlow(), this.#slowMs);
    });
  }

  async #runGroups(): Promise<void> {
    this.#statements += 1;
    for (let group = this.#takeGroup(); group.length > 0; group = this.#takeGroup()) {
      this.#startedAt = performance.now();
      await this.#runGroup(group);
      if (this.#waiting.length > 0) await letArrive();
    }
    this.#statements -= 1;
  }

  #judgeSlow(): void {
    this.#watch = undefined;
    if (this.#waiting.length === 0) return;
    const leftMs = this.#startedAt + this.#slowMs - performance.now();
    if (leftMs > 0) this.#watch = setTimeout(() => this.#judgeSlow(), leftMs);
    else void this.#runBeside();
  }

  /** As long as the slow statement lasts; what waits after it goes on as usual. */
  async #runBeside(): Promise<void> {
    const slow = this.#startedAt;
    this.#statements += 1;
    for (let group = this.#takeGroup(); group.length > 0; group = slow === this.#startedAt ? this.#takeGroup() : [])
      await this.#runGroup(group);
    this.#statements -= 1;
  }

  #takeGroup(): readonly Member<Write>[] {
    const group: Member<Write>[] = [];
    const passed: Member<Write>[] = [];
    const mayShare = this.#begin();
    let bytes = 0;
    let seen = 0;
    for (const member of this.#waiting) {
      if (group.length === maxMembers || bytes + member.write.rows.bytes > maxGroupBytes) break;
      if (mayShare(member.write)) {
        bytes += member.write.rows.bytes;
        group.push(member);
      } else passed.push(member);
      seen += 1;
    }
    this.#waiting = [...passed, ...this.#waiting.slice(seen)];
    return group;
  }

  async #runGroup(group: readonly Member<Write>[]): Promise<void> {
    try {
      const outcomes = await this.#run(group.map(({ write }) => write));
      for (const [index, { resolve }] of group.entries()) resolve(outcomes[index] ?? "stale");
    } catch (error) {
      // A failure of the database is not the fault of a member; after a lost connection a repeat may store twice.
      if (group.length === 1 || error instanceof StoreUnavailableError) for (const { reject } of group) reject(error);
      else await Promise.all(group.map((member) => this.#runGroup([member])));
    }
  }

  async #runOne(write: Write): Promise<BatchOutcome> {
    const [outcome = "stale"] = await this.#run([write]);
    return outcome;
  }
}

/**
 * Writes that wait take those with them that have arrived meanwhile: one turn of the event loop ends with the answers
 * to the last group, the next one reads what its clients have sent since.
 */
async function letArrive(): Promise<void> {
  await nextTurn();
  await nextTurn();
}
