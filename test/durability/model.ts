/** What the program said of a write; `unknown`: no answer, or one that leaves it open. */
export type Outcome = "acknowledged" | "refused" | "unknown";

/** Where the records of a write go. */
export type Collection = "inserted" | "keyed" | "imported";

/** One request: it sets the keys from `first` on, or removes them. */
export interface Write {
  readonly id: number;
  readonly collection: Collection;
  readonly removes: boolean;
  readonly first: number;
  readonly count: number;
  outcome: Outcome;
}

/** A stored record: its key, and the write that it names. */
export interface StoredRow {
  readonly key: number;
  readonly write: number;
}

/** Counts of records, but for `halved`, which counts requests. The last four are faults. */
export interface Verdict {
  readonly acknowledged: number;
  readonly unknown: number;
  readonly stored: number;
  /** An acknowledged write set them, and they are not there. */
  readonly missing: number;
  /** Further records of a key. */
  readonly doubled: number;
  /** A part of a request is there, or parts of two. */
  readonly halved: number;
  /** They are there although they were removed, refused or never sent. */
  readonly unwanted: number;
}

/** Every write that was sent, in the order of sending. The writes of one range of keys come one after the other. */
export class Model {
  readonly writes: Write[] = [];
  #nextKey = 0;

  /** A range of keys that no other write has. */
  takeKeys(count: number): number {
    this.#nextKey += count;
    return this.#nextKey - count;
  }

  /** Noted before it is sent. */
  begin(write: Omit<Write, "id" | "outcome">): Write {
    const begun: Write = { ...write, id: this.writes.length + 1, outcome: "unknown" };
    this.writes.push(begun);
    return begun;
  }

  judge(rows: Readonly<Record<Collection, readonly StoredRow[]>>): Verdict {
    const all = Object.values(rows).flat();
    const faults = { missing: 0, doubled: 0, halved: 0, unwanted: 0 };
    let explained = 0;
    for (const [collection, stored] of Object.entries(rows)) {
      const byKey = groupBy(stored, ({ key }) => key);
      const own = this.writes.filter((write) => write.collection === collection);
      const ranges = groupBy(own, ({ first }) => first);
      for (const writes of ranges.values()) {
        const found = rowsOf(writes, byKey);
        explained += found.length;
        judgeRange(writes, found, faults);
      }
    }
    faults.unwanted += all.length - explained;
    return {
      acknowledged: this.#count("acknowledged"),
      unknown: this.#count("unknown"),
      stored: all.length,
      ...faults,
    };
  }

  #count(outcome: Outcome): number {
    return this.writes.filter((write) => write.outcome === outcome).reduce((sum, { count }) => sum + count, 0);
  }
}

type Faults = Record<"missing" | "doubled" | "halved" | "unwanted", number>;

/** Stands for keys that are not set. */
const nothing = 0;

/** The keys hold what the last acknowledged write left, or what one of unknown outcome after it did. */
function judgeRange(writes: readonly Write[], found: readonly StoredRow[], faults: Faults): void {
  const last = writes.findLastIndex(({ outcome }) => outcome === "acknowledged");
  const possible = writes.filter(({ outcome }, index) => index === last || (index > last && outcome === "unknown"));
  const allowed = new Set(possible.map(({ id, removes }) => (removes ? nothing : id)));
  if (last === -1) allowed.add(nothing);

  const count = writes[0]?.count ?? 0;
  const keys = new Set(found.map(({ key }) => key));
  const right = new Set(found.filter(({ write }) => allowed.has(write)).map(({ key }) => key));
  faults.doubled += found.length - keys.size;
  if (keys.size > 0 && (keys.size < count || new Set(found.map(({ write }) => write)).size > 1)) faults.halved += 1;
  if (!allowed.has(nothing)) faults.missing += count - right.size;
  else faults.unwanted += keys.size - right.size;
}

function rowsOf(writes: readonly Write[], byKey: ReadonlyMap<number, readonly StoredRow[]>): readonly StoredRow[] {
  const { first = 0, count = 0 } = writes[0] ?? {};
  return Array.from({ length: count }, (_, index) => byKey.get(first + index) ?? []).flat();
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => number): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
