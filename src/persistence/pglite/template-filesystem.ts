import { EmscriptenBuiltinFilesystem } from "@electric-sql/pglite/basefs";
import { readTar } from "./tar.js";

/** What is used of the file system of a WebAssembly program; its own types are of a package that is not installed. */
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
 * A database in memory that begins with the files of a tar. They are not copied: the archive belongs to the database
 * from then on.
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
    // Whose type is not known here, see above.
    const program: unknown = this.pg.Module;
    return program as Program;
  }
}
