import { compactJsonBytes } from "../json/size.js";
import type { JsonObject } from "../json/value.js";
import type { Measures } from "../core/write.js";
import type { Contract, Gauge, Limit } from "./contract.js";
import { partLimit, type NumberSettings } from "./limits.js";

/** The records of one call of a split write. */
export interface CutPart {
  readonly recordCount: number;
  readonly measures: Measures;
}

/** The part that begins with the record at this index: as many records as a call may have, and at least one. */
export type TakePart = (first: number) => CutPart;

/** The size of a body, in bytes, besides its records. */
export interface Envelope {
  readonly emptyBytes: number;
  readonly bytesPerRecord: number;
}

interface CutRules {
  readonly contract: Contract;
  readonly settings: NumberSettings;
  /** Absent: a body of all records is far below every limit of its size. */
  readonly envelope?: Envelope;
}

interface PartRule {
  readonly name: string;
  readonly max: number;
  readonly createGauge: () => Gauge;
}

/**
 * Cuts records by the limits of a contract. Each part is measured when it is taken: a record counts in the part that it
 * is in, and once more in the part for which it was too much. A record that is over a limit by itself is a part of its
 * own.
 */
export function createTakePart(records: readonly JsonObject[], rules: CutRules): TakePart {
  const limits = rules.contract.limits.flatMap((limit) => toPartRule(limit, rules));
  return (first) => {
    const gauges = limits.map(({ name, max, createGauge }) => ({ name, max, add: createGauge() }));
    let measured: readonly (readonly [string, number])[] = [];
    let recordCount = 0;
    for (; first + recordCount < records.length; recordCount += 1) {
      const record = records[first + recordCount] ?? {};
      const sizes = gauges.map(({ name, max, add }) => ({ name, max, size: add(record) }));
      if (recordCount > 0 && sizes.some(({ max, size }) => size > max)) break;
      measured = sizes.map(({ name, size }) => [name, size]);
    }
    return { recordCount, measures: new Map(measured) };
  };
}

function toPartRule(limit: Limit, { settings, envelope }: CutRules): readonly PartRule[] {
  const max = partLimit(limit, settings);
  const createGauge = limit.createGauge ?? createGaugeOf(limit, envelope);
  return max === undefined || createGauge === undefined ? [] : [{ name: limit.name, max, createGauge }];
}

function createGaugeOf({ unit, measure }: Limit, envelope: Envelope | undefined): (() => Gauge) | undefined {
  if (unit === "records") return createCounter;
  return measure === undefined && envelope !== undefined ? () => createBodyGauge(envelope) : undefined;
}

function createCounter(): Gauge {
  let count = 0;
  return () => (count += 1);
}

function createBodyGauge({ emptyBytes, bytesPerRecord }: Envelope): Gauge {
  let bytes = emptyBytes;
  let comma = 0;
  return (record) => {
    bytes += comma + compactJsonBytes(record) + bytesPerRecord;
    comma = 1;
    return bytes;
  };
}

/** @param bodyBytes the size of a body with these records, each of which is an element of one list in it */
export function measureEnvelope(bodyBytes: (records: readonly JsonObject[]) => number): Envelope {
  const emptyBytes = bodyBytes([]);
  return { emptyBytes, bytesPerRecord: bodyBytes([{}]) - emptyBytes - compactJsonBytes({}) };
}
