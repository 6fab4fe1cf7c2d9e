const blockBytes = 512;

/** Places in the header of a file, in bytes. */
const header = { name: [0, 100], size: [124, 136], type: [156, 157] } as const;
const directory = "5";

interface TarEntry {
  /** Starts without a slash. */
  readonly path: string;
  /** A view of the archive; absent for a folder. */
  readonly content?: Uint8Array;
}

/**
 * What is in a tar of our own, whose names are short and which holds files and folders only; a folder comes before what
 * is in it.
 */
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
