import type { RequestScope } from "../../core/request-scope.js";
import { RequestLeftError } from "../../core/store.js";

/** The most bytes that a list brings into the process with its rows. */
const listBytes = 8 * 1024 * 1024;

/** The most bytes that a statement reads of large rows, unless a single row has more: other clients wait for it. */
const partBytes = 1024 * 1024;

/** The most rows of a statement; only a single page may have more. */
export const maxStatementRows = 5000;

/**
 * A list is read without the values of its large rows. These are weighed and read after it, with the turns of other
 * requests between the statements, so that neither the memory nor the time of a statement depends on the sizes of rows.
 */
export interface LargeRows<Row> {
  /** The request that reads. */
  readonly scope: RequestScope;
  /** Whether the values of the row were left out. */
  readonly isLeftOut: (row: Row) => boolean;
  /** The bytes of the values of a row that has them. */
  readonly sizeOf: (row: Row) => number;
  readonly keyOf: (row: Row) => string;
  readonly weigh: (rows: readonly Row[]) => Promise<readonly Weight[]>;
  /** The rows with their values, in any order. */
  readonly read: (rows: readonly Row[]) => Promise<readonly Row[]>;
}

export interface Weight {
  readonly key: string;
  /** The size of the row in bytes, or an upper bound. */
  readonly weight: number;
  readonly exact: boolean;
}

/** The size up to which the values of a row are read with the list; `count` is the number of its rows. */
export function lightBytes({ reads }: RequestScope, count: number): number {
  const room = reads?.room ?? listBytes;
  return Math.floor(Math.min(listBytes, room) / Math.max(1, count));
}

/**
 * Answers an item for each row, after all of them have their values; undefined for a row that has been deleted
 * meanwhile.
 * @throws ReadLimitError @throws OverloadError @throws RequestLeftError
 */
export async function completeRows<Row, Item>(
  rows: readonly Row[],
  large: LargeRows<Row>,
  toItem: (row: Row) => Item,
): Promise<readonly (Item | undefined)[]> {
  const leftOut: Row[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (large.isLeftOut(row)) leftOut.push(row);
    else bytes += large.sizeOf(row);
  }
  countRead(large.scope, bytes);
  if (leftOut.length === 0) return rows.map(toItem);
  const found = await readLeftOut(leftOut, large, toItem);
  return rows.map((row) => (large.isLeftOut(row) ? found.get(large.keyOf(row)) : toItem(row)));
}

/** Too many bytes are refused before they are read, as far as the sizes are known. */
async function readLeftOut<Row, Item>(
  rows: readonly Row[],
  large: LargeRows<Row>,
  toItem: (row: Row) => Item,
): Promise<ReadonlyMap<string, Item>> {
  const weights = new Map((await large.weigh(rows)).map((each) => [each.key, each]));
  countRead(
    large.scope,
    sum(weights.values(), ({ weight, exact }) => (exact ? weight : 0)),
  );
  const found = new Map<string, Item>();
  for (const part of splitByWeight(rows, (row) => weights.get(large.keyOf(row))?.weight ?? 0)) {
    const wholes = await large.read(part);
    countRead(
      large.scope,
      sum(wholes, (row) => (weights.get(large.keyOf(row))?.exact ? 0 : large.sizeOf(row))),
    );
    for (const row of wholes) found.set(large.keyOf(row), toItem(row));
  }
  return found;
}

function splitByWeight<Row>(rows: readonly Row[], weightOf: (row: Row) => number): readonly (readonly Row[])[] {
  const parts: Row[][] = [];
  let room = 0;
  for (const row of rows) {
    const weight = weightOf(row);
    if (weight > room) {
      parts.push([]);
      room = partBytes;
    }
    parts.at(-1)?.push(row);
    room -= weight;
  }
  return parts;
}

function sum<Each>(all: Iterable<Each>, toNumber: (each: Each) => number): number {
  let total = 0;
  for (const each of all) total += toNumber(each);
  return total;
}

function countRead(scope: RequestScope, bytes: number): void {
  if (scope.isOver) throw new RequestLeftError();
  scope.reads?.count(bytes);
}
