import { findUnstorableText } from "../../../json/storable.js";

/** A dataset or a table as a reference names it. */
export interface ReferencePart {
  /** Escaped. */
  readonly name: string;
  readonly id?: string;
}

/** `owner.dataset.table`, taken apart. */
export interface TableReference {
  readonly owner: string;
  readonly dataset: ReferencePart;
  /** `next`, `current` or `v1_0`; absent when the reference does not say. */
  readonly version?: string;
  readonly table: ReferencePart;
}

/** Whatever is no letter or digit is written as one `_`, and case does not matter. */
export function escapeName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");
}

export const ownerForm = /^[A-Za-z0-9_]+$/;

/** `next` has that form and is a version. */
export const idForm = /^(?!next$)[a-z0-9]{4}$/;

/**
 * `owner.dataset[:id][:sample][:version].table[:id]`. A version may hold a dot (`v1.0`), a name may not. A sample is a view of the table that
 * the same reference without it names. Undefined when the text has not three parts, or holds what no name can: names
 * are looked for by their letters and digits alone, so that the store does not see it.
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

/** `v1.0`, `v1_0` and `1.0` are one version; a text that is none means the current one. */
function readVersion(text: string): string {
  if (text === "next") return text;
  const [, major, minor] = /^v?(\d+)[._](\d+)$/.exec(text) ?? [];
  return major === undefined || minor === undefined ? "current" : `v${major}_${minor}`;
}

/** Official clients write the dots of an upload's name so. */
export function escapeUploadName(name: string): string {
  return name.replaceAll(".", "_");
}
