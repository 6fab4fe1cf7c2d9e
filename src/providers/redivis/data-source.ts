import { z } from "zod";
import { defineDataSource } from "../../contract/data-source.js";
import { encodableText } from "../../contract/paths.js";
import { ProviderFailure, type Violation } from "../../core/failure.js";
import type { JsonObject } from "../../json/value.js";
import { insertRowsContract } from "./contract.js";
import { providerId, warningHeader } from "./dialect.js";
import { spaceName } from "./dataset/dataset.js";
import { escapeUploadName, parseReference } from "./dataset/reference.js";

const uploadTarget = z.strictObject({
  tableReference: encodableText
    .regex(/^[^.]+\..+\.[^.]+$/, "must have the form owner.dataset.table")
    .describe(
      "`owner.dataset[:id][:sample][:version].table[:id]`. Rows go to the version `next`; a reference without a version names the latest released version, if there is one.",
    ),
  uploadName: encodableText.min(1).describe("The name of the upload; dots may be written as `_`."),
});

export const redivisDataSource = defineDataSource({
  target: uploadTarget,
  toSpace: ({ tableReference }) => {
    const { owner, dataset } = parseReference(tableReference) ?? {};
    // An id takes precedence over the name, and this program does not know the ids of the real service.
    return owner === undefined || dataset === undefined || dataset.id !== undefined
      ? undefined
      : spaceName(owner, dataset.name);
  },
  insertRecords: {
    contract: insertRowsContract,
    toCall: ({ target: { tableReference, uploadName }, records }) => {
      refuseNotFinite(records);
      return { path: { tableReference, uploadName: escapeUploadName(uploadName) }, body: { rows: records } };
    },
    toReceipt: ({ reply, headers, violations }, { records }) => {
      const count = reply.rowsAdded;
      const skippedCount = Math.max(0, records.length - count);
      const warnings = [headers[warningHeader] ?? [], tellSkipped(skippedCount, records.length, violations)].flat();
      return { status: "stored", count, skippedCount, warnings };
    },
  },
});

/** JSON has no NaN and no infinity: they would arrive as null. */
function refuseNotFinite(records: readonly JsonObject[]): void {
  for (const [recordIndex, record] of records.entries()) {
    const [field] =
      Object.entries(record).find(([, value]) => typeof value === "number" && !Number.isFinite(value)) ?? [];
    if (field === undefined) continue;
    const violation: Violation = { recordIndex, field, rule: "format", message: "must be a finite number" };
    const message = `row ${recordIndex}, variable ${field}: ${violation.message}`;
    throw new ProviderFailure({
      provider: providerId,
      kind: "invalid-input",
      retry: "no",
      message,
      idempotent: true,
      outcome: "not-applied",
      violations: [violation],
    });
  }
}

function tellSkipped(skippedCount: number, sentCount: number, named: readonly Violation[]): string[] {
  if (skippedCount === 0) return [];
  const reasons = named.map(
    ({ recordIndex, field, message }) => `row ${recordIndex ?? "?"}, variable ${field ?? "?"}: ${message}`,
  );
  const unnamed = skippedCount - named.length;
  const parts = [...reasons, ...(reasons.length > 0 && unnamed > 0 ? [`and ${unnamed} more`] : [])];
  return [`${skippedCount} of ${sentCount} rows were skipped${parts.length > 0 ? `: ${parts.join("; ")}` : ""}.`];
}
