import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { requireRoomIn } from "../../../src/persistence/pglite/disk/disk-space.js";
import { toStoreError } from "../../../src/persistence/guards/store-errors.js";
import { DiskError } from "../../../src/persistence/pglite/disk/disk-error.js";

const check = requireRoomIn(tmpdir());
/** Together larger than any disk. */
const args = Array<string>(1_000_000).fill("x".repeat(100_000_000));

it.each(["INSERT INTO record", "WITH gone AS (DELETE FROM record)", 'VALUES ("public".upsert_records($1))'])(
  "refuses a statement that writes more than the disk has room for: %s",
  (sql) => {
    expect(() => check({ sql, args })).toThrow(/^the disk of the database folder .* is full$/);
    expect(() => check({ sql, args: [] })).not.toThrow();
  },
);

it("lets statements pass that only read", () => {
  expect(() => check({ sql: "SELECT count(*) FROM record", args })).not.toThrow();
});

it("a file that could not be written leaves the outcome of its write open", () => {
  expect(toStoreError(new DiskError("ENOSPC"))).toMatchObject({ name: "StoreUnavailableError", outcome: "unknown" });
});
