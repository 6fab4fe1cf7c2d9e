import type { JsonObject } from "../../json/value.js";
import { basePath } from "./contract.js";
import type { FoundTable } from "./dataset/locate-table.js";
import { escapeUploadName } from "./dataset/reference.js";
import type { Upload } from "./upload/upload.js";

type TablePlace = Pick<FoundTable, "dataset" | "table" | "version">;

/** References with all ids: they survive renames, and a call that uses them gets no warning. */
function referencesOf({ dataset, table, version }: TablePlace): { readonly dataset: string; readonly table: string } {
  const ofDataset = `${dataset.owner}.${dataset.name}:${dataset.id}:${version}`;
  return { dataset: ofDataset, table: `${ofDataset}.${table.name}:${table.id}` };
}

/**
 * The path that clients append to the base URL. Names are escaped, so it needs no encoding: colons are legal in a path.
 */
function tableUri(place: TablePlace): string {
  return `/tables/${referencesOf(place).table}`;
}

/** The embedded service has no web pages: `url` is the path of the resource itself, on the server that answers. */
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

/** Format options of file uploads. They are null for a stream, and the store does not keep those of a file. */
const parseOptions = {
  hasHeaderRow: null,
  delimiter: null,
  quoteCharacter: null,
  escapeCharacter: null,
  hasQuotedNewlines: null,
  allowJaggedRows: null,
  nullMarkers: null,
} as const;

export function toUploadResource(
  place: TablePlace,
  { name, type, schema, skipBadRecords }: Upload,
  numRows: number,
): JsonObject {
  return {
    kind: "upload",
    // The escaped name, as in the paths of official clients: it is never the segment `.` or `..`.
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
    // The store does not count bad records.
    badRecordsCount: null,
    errorMessage: null,
    ...parseOptions,
  };
}
