import { statfsSync } from "node:fs";
import { StoreUnavailableError } from "../../../core/store.js";
import type { StatementCheck } from "../../connection/checked-adapter.js";
import { functionNames } from "../../tables.js";

/**
 * Bytes that a small statement may need: a file of PostgreSQL's log has 16 MB, and is filled with zeros when it is
 * created.
 */
const reserveBytes = 17 * 1_048_576;
/** A record is written to the log and to the table, each at most twice as large as its parameter. */
const bytesWrittenFor = 4;

/** The texts of statements are the program's own: values are parameters. */
const writes = new RegExp(
  String.raw`\b(?:${["INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", ...functionNames].join("|")})\b`,
  "i",
);

/** Refuses statements that write while the disk of the folder may not have room for them. */
export function requireRoomIn(folder: string): StatementCheck {
  return ({ sql, args }) => {
    if (!writes.test(sql)) return;
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize >= reserveBytes + bytesWrittenFor * parameterSize(args)) return;
    throw new StoreUnavailableError(`the disk of the database folder ${folder} is full`, "not-applied");
  };
}

/** A character of a long text is mostly one byte; the factor above has room for the rest. */
function parameterSize(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (value instanceof Uint8Array) return value.byteLength;
  return Array.isArray(value) ? value.reduce<number>((sum, each) => sum + parameterSize(each), 0) : 0;
}
