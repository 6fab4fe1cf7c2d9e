import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const blockBytes = 512;

/** Places in the header of a file, in bytes. */
const header = { name: [0, 100], size: [124, 136], type: [156, 157] } as const;
const directory = "5";

/**
 * Writes the files of a tar below `folder`: those of our own template, which have short names and are files and folders.
 * At once, since nothing else goes on before a database is open.
 */
export function unpackTar(tar: Buffer, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const made = new Set([folder]);
  for (let offset = 0; textOf(tar, offset, "name") !== ""; ) {
    const path = join(folder, textOf(tar, offset, "name"));
    const size = Number.parseInt(textOf(tar, offset, "size"), 8) || 0;
    const start = offset + blockBytes;
    const isDirectory = textOf(tar, offset, "type") === directory;
    const parent = isDirectory ? path : dirname(path);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    if (!isDirectory) writeFileSync(path, tar.subarray(start, start + size));
    offset = start + Math.ceil(size / blockBytes) * blockBytes;
  }
}

function textOf(tar: Buffer, offset: number, field: keyof typeof header): string {
  const [start, end] = header[field];
  const text = tar.toString("latin1", offset + start, offset + end);
  const zero = text.indexOf("\0");
  return zero === -1 ? text : text.slice(0, zero);
}
