import type { TakePart } from "../contract/cut-records.js";
import { ProviderFailure } from "../core/failure.js";
import type { CommandPart, StoredReceipt, WriteReceipt } from "../core/write.js";
import type { JsonObject } from "../json/value.js";

/** What became of one part of a split write. */
export interface WrittenPart {
  /** Index of its first record in the whole write, from 0. */
  readonly firstRecord: number;
  readonly recordCount: number;
  readonly result: WriteReceipt | ProviderFailure;
}

/** A split write that is neither stored as a whole nor refused as a whole. Parts that were not sent are not listed. */
export interface PartialReceipt {
  readonly status: "partial";
  readonly parts: readonly WrittenPart[];
}

interface SplitWrite {
  readonly records: readonly JsonObject[];
  readonly takePart: TakePart;
  /** @throws ProviderFailure */
  readonly write: (records: readonly JsonObject[], part: CommandPart) => Promise<WriteReceipt>;
  /** The failure of a part that ended with a defect after others are stored. */
  readonly reportDefect: (defect: unknown) => ProviderFailure;
}

/**
 * Writes the records part by part, each of which is atomic by itself. Nothing is sent after the first part that fails.
 * @throws ProviderFailure when that is the first one; a defect of the first one as it is
 */
export async function writeParts(split: SplitWrite): Promise<WriteReceipt | PartialReceipt> {
  const { records, takePart } = split;
  const parts: WrittenPart[] = [];
  let firstRecord = 0;
  do {
    const { recordCount, measures } = takePart(firstRecord);
    const isAll = recordCount === records.length;
    const some = isAll ? records : records.slice(firstRecord, firstRecord + recordCount);
    const result = await writePart(split, { some, firstRecord, part: { index: parts.length, measures } });
    parts.push({ firstRecord, recordCount, result });
    if (result instanceof ProviderFailure) break;
    firstRecord += recordCount;
  } while (firstRecord < records.length);
  return joinParts(parts);
}

interface SentPart {
  readonly some: readonly JsonObject[];
  readonly firstRecord: number;
  readonly part: CommandPart;
}

/** The failure of a later part has the indexes of its records in the whole write. */
async function writePart(
  { write, reportDefect }: SplitWrite,
  { some, firstRecord, part }: SentPart,
): Promise<WriteReceipt | ProviderFailure> {
  try {
    return await write(some, part);
  } catch (error) {
    if (part.index === 0) throw error;
    if (!(error instanceof ProviderFailure)) return reportDefect(error);
    const violations = error.details.violations?.map(({ recordIndex, ...violation }) => ({
      ...violation,
      recordIndex: recordIndex === undefined ? undefined : recordIndex + firstRecord,
    }));
    return error.as({ violations });
  }
}

function joinParts(parts: readonly WrittenPart[]): WriteReceipt | PartialReceipt {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && !(only.result instanceof ProviderFailure)) return only.result;
  const stored = parts.flatMap(({ result, ...place }) => (isStored(result) ? [{ ...place, receipt: result }] : []));
  return stored.length === parts.length ? joinStored(stored) : { status: "partial", parts };
}

function isStored(result: WrittenPart["result"]): result is StoredReceipt {
  return !(result instanceof ProviderFailure) && result.status === "stored";
}

function joinStored(
  parts: readonly (Omit<WrittenPart, "result"> & { readonly receipt: StoredReceipt })[],
): StoredReceipt {
  const receipts = parts.map(({ receipt }) => receipt);
  const sum = (count: (receipt: StoredReceipt) => number): number =>
    receipts.reduce((total, receipt) => total + count(receipt), 0);
  return {
    status: "stored",
    count: sum(({ count }) => count),
    skippedCount: sum(({ skippedCount }) => skippedCount),
    ids: receipts.every(({ ids }) => ids !== undefined) ? receipts.flatMap(({ ids = [] }) => ids) : undefined,
    // A service counts the records of its call, so a warning says which ones these were.
    warnings: parts.flatMap(({ firstRecord, recordCount, receipt: { warnings } }) =>
      warnings.map((warning) => `records ${firstRecord} to ${firstRecord + recordCount - 1}: ${warning}`),
    ),
    collectionId: receipts.at(-1)?.collectionId,
  };
}
