import { findUnstorableText } from "../../../json/storable.js";

/** A dataset or a table as a reference names it. */
export interface ReferencePart {
  /** In the form of `escapeName`. */
  readonly name: string;
  readonly id?: string;
}

/** The parts of `owner.dataset.table`. */
export interface TableReference {
  readonly owner: string;
  readonly dataset: ReferencePart;
  /** `next`, `current` or `v1_0`; absent when the reference names no version. */
  readonly version?: string;
  readonly table: ReferencePart;
}

/** Lower case, with every run of other characters than letters and digits as one `_`. */
export function escapeName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");
}

export const ownerForm = /^[A-Za-z0-9_]+$/;

/** `next` also has four letters but is a version. */
export const idForm = /^(?!next$)[a-z0-9]{4}$/;

/**
 * Parses `owner.dataset[:id][:sample][:version].table[:id]`. A version may contain a dot (`v1.0`), a name may not. The
 * reference of a sample leads to the table itself. Undefined when the text does not have three parts or contains text
 * that cannot be stored.
 */
export function parseReference(text: string): TableReference | undefined {
  const [first, last] = [text.indexOf("."), text.lastIndexOf(".")];
  const owner = text.slice(0, Math.max(0, first));
  if (first === last || !ownerForm.test(owner) || findUnstorableText(text) !== undefined) return undefined;
  const [dataset = "", ...qualifiers] = text.slice(first + 1, last).split(":");
  const [table = "", ...tableQualifiers] = text.slice(last + 1).split(":");
  const version = qualifiers.find((qualifier) => qualifier !== "sample" && !idForm.test(qualifier));
  return {
    owner: owner.toLowerCase(),
    dataset: { name: escapeName(dataset), id: qualifiers.find((qualifier) => idForm.test(qualifier)) },
    version: version === undefined ? undefined : readVersion(version),
    table: { name: escapeName(table), id: tableQualifiers.find((qualifier) => idForm.test(qualifier)) },
  };
}

/** `v1.0`, `v1_0` and `1.0` are the same version; any other text means the current one. */
function readVersion(text: string): string {
  if (text === "next") return text;
  const [, major, minor] = /^v?(\d+)[._](\d+)$/.exec(text) ?? [];
  return major === undefined || minor === undefined ? "current" : `v${major}_${minor}`;
}

/** The form in which official clients write the name of an upload in a path. */
export function escapeUploadName(name: string): string {
  return name.replaceAll(".", "_");
}
