import { randomBytes } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const fileName = "operator.json";
const operatorFile = z.object({ url: z.url(), secret: z.string().min(1), pid: z.number() });

/** The way to a running program that keeps its database in a folder: only readers of the folder know it. */
export type OperatorAccess = z.output<typeof operatorFile>;

export function createOperatorSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Readable for the user of the program alone. Answers the way to remove the file. */
export async function writeOperatorFile(folder: string, access: OperatorAccess): Promise<() => Promise<void>> {
  const path = join(folder, fileName);
  const unfinished = `${path}.${access.pid}`;
  // A new file: an existing one would keep its mode.
  await rm(unfinished, { force: true });
  await writeFile(unfinished, JSON.stringify(access), { mode: 0o600, flag: "wx" });
  await rename(unfinished, path);
  return () => rm(path, { force: true });
}

/** Undefined when no program wrote the file, or when it cannot be understood. */
export async function readOperatorFile(folder: string): Promise<OperatorAccess | undefined> {
  const text = await readFile(join(folder, fileName), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return operatorFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
