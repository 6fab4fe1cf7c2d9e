/** The places and rights that an operator can correct, by the code of the system. */
const diskProblems: Readonly<Record<string, string>> = {
  EACCES: "this user may not read and write there",
  EPERM: "this user may not read and write there",
  EROFS: "the file system is read-only",
  ENOSPC: "the file system is full",
  EDQUOT: "the file system is full for this user",
  EIO: "the disk reports errors",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "it is a file",
  ENAMETOOLONG: "the path is too long",
};

/** Undefined for an error that an operator cannot correct. */
export function describeDiskProblem(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? diskProblems[String(error.code)] : undefined;
}
