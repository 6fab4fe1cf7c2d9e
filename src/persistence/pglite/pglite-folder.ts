import { mkdirSync, writeFileSync } from "node:fs";
import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { FolderError, isSystemError, lockFolder } from "./folder-lock.js";
import type { Connection } from "../connection/connection.js";
import { readTemplate } from "./database-template.js";
import { connectPglite } from "./pglite-connection.js";
import { createPglite } from "./pglite.js";
import { readTar } from "./tar.js";

/** The major version of the embedded PostgreSQL; another one cannot read its files. */
const postgresMajor = "18";

/** The places and rights that an operator can correct, by the code of the system. */
const folderProblems: Readonly<Record<string, string>> = {
  EACCES: "this user may not read and write there",
  EPERM: "this user may not read and write there",
  EROFS: "the file system is read-only",
  ENOSPC: "the file system is full",
  EDQUOT: "the file system is full for this user",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "it is a file",
  ENAMETOOLONG: "the path is too long",
};

/** Opens the database in `folder` and creates it when there are no files. @throws FolderError */
export async function connectFolder(folder: string): Promise<Connection> {
  try {
    return await openFolder(folder);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const problem = folderProblems[code];
    if (problem === undefined) throw cause;
    throw new FolderError(`The database folder ${folder} cannot be opened: ${problem}. Set DATABASE_FOLDER.`, {
      cause,
    });
  }
}

async function openFolder(folder: string): Promise<Connection> {
  const unlock = await lockFolder(folder);
  try {
    const files = join(folder, "data");
    const major = await readMajor(files);
    if (major !== undefined && major !== postgresMajor) throw createOtherMajorError(folder, major);
    if (major === undefined) await createFiles(files);
    return connectPglite(await createPglite({ dataDir: files }), {
      description: `embedded PostgreSQL in ${folder}`,
      onClose: unlock,
    });
  } catch (error) {
    await unlock();
    throw error;
  }
}

/**
 * Creates the files under a temporary name and renames the folder: a process that dies meanwhile leaves nothing that
 * looks like a database.
 */
async function createFiles(files: string): Promise<void> {
  const unfinished = `${files}.new`;
  await rm(unfinished, { recursive: true, force: true });
  unpack(await readTemplate("folder"), unfinished);
  try {
    await rename(unfinished, files);
  } catch (cause) {
    if (!isSystemError(cause, "ENOTEMPTY") && !isSystemError(cause, "EEXIST")) throw cause;
    await rm(unfinished, { recursive: true, force: true });
    throw new FolderError(
      `${files} holds files that are not a database. Move them away, or give this program another folder.`,
    );
  }
}

/** Synchronous: writing a thousand small files takes a third of the time, and the program does nothing else yet. */
function unpack(tar: Uint8Array, folder: string): void {
  mkdirSync(folder);
  for (const { path, content } of readTar(tar)) {
    if (content === undefined) mkdirSync(join(folder, path));
    else writeFileSync(join(folder, path), content);
  }
}

async function readMajor(files: string): Promise<string | undefined> {
  try {
    return (await readFile(join(files, "PG_VERSION"), "utf8")).trim();
  } catch (error) {
    if (isSystemError(error, "ENOENT")) return undefined;
    throw error;
  }
}

function createOtherMajorError(folder: string, major: string): FolderError {
  return new FolderError(
    `The database folder ${folder} was written by PostgreSQL ${major}, this program has PostgreSQL ${postgresMajor}. ` +
      "Open it with the version of the program that wrote it, or give this one another folder.",
  );
}
