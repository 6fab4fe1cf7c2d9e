import { Buffer } from "node:buffer";
import { shorten } from "../../json/quote.js";
import type { VectorCollectionDefinition } from "../definition/definition.js";
import { maxNameBytes } from "../definition/name-faults.js";
import { refuseParameter, vectorFailures } from "../failures/vector-failures.js";
import { invalidParameter } from "../values/inspection.js";

/** The partition that every collection has, and that a missing name stands for. */
const onlyPartition = "_default";

/** The partitions that the server makes for a partition key. */
const usualPartitions = 16;

type Partitioned = Pick<VectorCollectionDefinition, "fields" | "partitionsNum">;

function hasPartitionKey({ fields }: Pick<VectorCollectionDefinition, "fields">): boolean {
  return fields.some(({ partitionKey }) => partitionKey === true);
}

export function countPartitions(definition: Partitioned): number {
  return hasPartitionKey(definition) ? (definition.partitionsNum ?? usualPartitions) : 1;
}

export function partitionsOf(definition: Partitioned): readonly string[] {
  if (!hasPartitionKey(definition)) return [onlyPartition];
  return Array.from({ length: countPartitions(definition) }, (_, index) => `${onlyPartition}_${index}`);
}

/** @throws RefusalError */
export function checkPartitionName(name: string): void {
  const problem = findPartitionFault(name);
  if (problem === undefined) return;
  const cause = invalidParameter(`Invalid partition name: ${shorten(name)}. ${problem}`);
  throw refuseParameter({ field: "partitionName", rule: "name", cause });
}

/** Unlike the name of a collection, a digit may be the first character. */
function findPartitionFault(name: string): string | undefined {
  if (Buffer.byteLength(name) > maxNameBytes) return "The length of a partition name must be less than 255 characters.";
  if (!/^\w/.test(name)) return "The first character of a partition name must be an underscore or letter.";
  return /^[\w-]+$/.test(name) ? undefined : "Partition name can only contain numbers, letters and underscores.";
}

type NamedPartition = string | null | undefined;

/** Refuses a malformed name, and every name where a partition key selects the partitions. @throws RefusalError */
export function checkPartitionUse(definition: Partitioned, name: NamedPartition): void {
  if (!name) return;
  if (!hasPartitionKey(definition)) {
    checkPartitionName(name);
    return;
  }
  const problem = "not support manually specifying the partition names if partition key mode is used";
  throw refuseParameter({ field: "partitionName", rule: "partition-key", cause: invalidParameter(problem) });
}

/** @throws RefusalError for a partition that the collection does not have */
export function requirePartition(definition: Partitioned, name: NamedPartition): void {
  if (!name || partitionsOf(definition).includes(name)) return;
  const partition = shorten(name);
  const violation = { field: "partitionName", rule: "unknown", message: `partition not found: ${partition}` };
  throw vectorFailures.refuse("partition-not-found", { partition }, [violation]);
}
