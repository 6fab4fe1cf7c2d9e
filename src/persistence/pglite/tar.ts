const blockBytes = 512;

/** Byte ranges of the fields in a file header. */
const header = { name: [0, 100], size: [124, 136], type: [156, 157] } as const;
const directory = "5";

interface TarEntry {
  /** Without a leading slash. */
  readonly path: string;
  /** A view of the archive, not a copy; absent for a folder. */
  readonly content?: Uint8Array;
}

/** Reads a tar that this program wrote: short names, files and folders only. A folder precedes its content. */
export function* readTar(tar: Uint8Array): Generator<TarEntry> {
  for (let offset = 0; textOf(tar, offset, "name") !== "";) {
    const path = textOf(tar, offset, "name").replace(/^\//, "");
    const size = Number.parseInt(textOf(tar, offset, "size"), 8) || 0;
    const start = offset + blockBytes;
    yield textOf(tar, offset, "type") === directory ? { path } : { path, content: tar.subarray(start, start + size) };
    offset = start + Math.ceil(size / blockBytes) * blockBytes;
  }
}

function textOf(tar: Uint8Array, offset: number, field: keyof typeof header): string {
  const [start, end] = header[field];
  const text = Buffer.from(tar.buffer, tar.byteOffset + offset + start, end - start).toString("latin1");
  const zero = text.indexOf("\0");
  return zero === -1 ? text : text.slice(0, zero);
}
