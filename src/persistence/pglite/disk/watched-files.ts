import { NodeFS } from "@electric-sql/pglite/nodefs";
import { DiskError } from "./disk-error.js";

/**
 * The codes of a disk that takes no more writes. PostgreSQL in WebAssembly does not survive them: it loops for ever
 * while it handles its own error.
 */
const brokenDisk = new Set(["ENOSPC", "EDQUOT", "EIO", "EROFS"]);

export interface FileWatch {
  /** Called once. */
  readonly onBroken: (error: DiskError) => void;
  /** Called with the number of bytes of each write to the log of PostgreSQL (`pg_wal`). */
  readonly onLogged: (bytes: number) => void;
}

/** The used part of Emscripten's file system over Node; the package with its types is not installed. */
interface NodeFiles {
  /** Turns an error of Node into a number of the system; the caller throws it into the program. */
  convertNodeCode(error: NodeJS.ErrnoException): number;
  readonly stream_ops: {
    write(stream: { readonly path: string }, buffer: unknown, offset: number, length: number, position: number): number;
  };
}

type Initialised = Awaited<ReturnType<NodeFS["init"]>>;

/**
 * Files of a folder. An error of the disk becomes a `DiskError`, which passes through PostgreSQL without being handled
 * there, and PostgreSQL does not run again: the state of the files is that of a kill.
 */
export class WatchedFiles extends NodeFS {
  readonly #watch: FileWatch;

  constructor(folder: string, watch: FileWatch) {
    super(folder);
    this.#watch = watch;
  }

  override async init(...parameters: Parameters<NodeFS["init"]>): Promise<Initialised> {
    const { emscriptenOpts } = await super.init(...parameters);
    const [database] = parameters;
    const fail = (code: string, cause?: Error): never => {
      const error = new DiskError(code, { cause });
      database.execProtocolRawSync = () => {
        throw error;
      };
      this.#watch.onBroken(error);
      throw error;
    };
    const preRun = [
      ...(emscriptenOpts.preRun ?? []),
      (program: unknown) => watchFiles((program as { readonly NODEFS: NodeFiles }).NODEFS, fail, this.#watch.onLogged), // Emscripten exports it untyped.
    ];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

function watchFiles(
  files: NodeFiles,
  fail: (code: string, cause?: Error) => never,
  onLogged: FileWatch["onLogged"],
): void {
  const convertNodeCode = files.convertNodeCode.bind(files);
  files.convertNodeCode = (error) => {
    if (error.code !== undefined && brokenDisk.has(error.code)) fail(error.code, error);
    return convertNodeCode(error);
  };
  const { stream_ops: streams } = files;
  const write = streams.write.bind(streams);
  streams.write = (stream, buffer, offset, length, position) => {
    const written = write(stream, buffer, offset, length, position);
    // A full disk may take a part of the bytes and report no error.
    if (written < length) fail("ENOSPC");
    if (stream.path.includes("/pg_wal/")) onLogged(written);
    return written;
  };
}
