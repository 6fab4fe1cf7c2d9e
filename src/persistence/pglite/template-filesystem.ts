import { EmscriptenBuiltinFilesystem } from "@electric-sql/pglite/basefs";
import { readTar } from "./tar.js";

/** The used part of an Emscripten file system; the package with its types is not installed. */
interface ProgramFiles {
  mkdirTree(path: string): void;
  mkdir(path: string): void;
  writeFile(path: string, content: Uint8Array, options: { readonly canOwn: boolean }): void;
  quit(): void;
}

interface Program {
  readonly FS: ProgramFiles;
  readonly ENV: Readonly<Record<string, string>>;
}

/**
 * A file system in memory whose initial files are those of a tar. The files are views of the archive, which the
 * database owns from then on.
 */
export class TemplateFilesystem extends EmscriptenBuiltinFilesystem {
  readonly #tar: Uint8Array;

  constructor(tar: Uint8Array) {
    super();
    this.#tar = tar;
  }

  override initialSyncFs(): Promise<void> {
    const { FS, ENV } = this.#program();
    const folder = ENV["PGDATA"] ?? "";
    FS.mkdirTree(folder);
    for (const { path, content } of readTar(this.#tar)) {
      if (content === undefined) FS.mkdir(`${folder}/${path}`);
      else FS.writeFile(`${folder}/${path}`, content, { canOwn: true });
    }
    return Promise.resolve();
  }

  override closeFs(): Promise<void> {
    this.#program().FS.quit();
    return Promise.resolve();
  }

  #program(): Program {
    if (this.pg === undefined) throw new Error("the file system is not part of a database yet");
    // The library does not export the type of the module.
    const program: unknown = this.pg.Module;
    return program as Program;
  }
}
