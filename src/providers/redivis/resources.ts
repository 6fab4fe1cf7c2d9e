import type { JsonObject } from "../../json/value.js";
import { basePath } from "./contract.js";
import type { FoundTable } from "./dataset/locate-table.js";
import { escapeUploadName } from "./dataset/reference.js";
import type { Upload } from "./upload/upload.js";

type TablePlace = Pick<FoundTable, "dataset" | "table" | "version">;

/** With all ids: it stays good when names change, and a client that uses it is warned of nothing. */
function referencesOf({ dataset, table, version }: TablePlace): { readonly dataset: string; readonly table: string } {
  const ofDataset = `${dataset.owner}.${dataset.name}:${dataset.id}:${version}`;
  return { dataset: ofDataset, table: `${ofDataset}.${table.name}:${table.id}` };
}

/** What clients append to the base URL. Their names are escaped, so but for the colons there is nothing to encode. */
function tableUri(place: TablePlace): string {
  return `/tables/${referencesOf(place).table}`;
}

/** There is no page to show: an address is that of the resource itself, on whatever server it was asked of. */
function locationOf(uri: string): { readonly uri: string; readonly url: string } {
  return { uri, url: basePath + uri };
}

export function toTableResource(place: TablePlace, numRows: number): JsonObject {
  const { dataset, table, version } = place;
  const references = referencesOf(place);
  return {
    kind: "table",
    ...locationOf(tableUri(place)),
    name: table.givenName,
    qualifiedReference: references.table,
    scopedReference: `${table.name}:${table.id}`,
    referenceId: table.id,
    isSample: false,
    numRows,
    numBytes: null,
    container: {
      kind: "dataset",
      ...locationOf(`/datasets/${references.dataset}`),
      name: dataset.givenName,
      qualifiedReference: references.dataset,
      scopedReference: `${dataset.name}:${dataset.id}:${version}`,
      referenceId: dataset.id,
    },
  };
}

/** What rows are made of in a file: nothing of a stream, and of a file nothing that is kept. */
const parseOptions = {
  hasHeaderRow: null,
  delimiter: null,
  quoteCharacter: null,
  escapeCharacter: null,
  hasQuotedNewlines: null,
  allowJaggedRows: null,
  nullMarkers: null,
} as const;

export function toUploadResource(place: TablePlace, { name, type, schema, skipBadRecords }: Upload, numRows: number): JsonObject {
  return {
    kind: "upload",
    // As official clients address it: a segment that is never `.` or `..`.
    ...locationOf(`${tableUri(place)}/uploads/${encodeURIComponent(escapeUploadName(name))}`),
    name,
    type,
    status: "completed",
    numRows,
    numBytes: null,
    hash: null,
    size: null,
    schema: type === "stream" ? schema : null,
    skipBadRecords,
    // Nobody counts them.
    badRecordsCount: null,
    errorMessage: null,
    ...parseOptions,
  };
}
