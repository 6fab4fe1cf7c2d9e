import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface CodeBlock {
  readonly language: string;
  /** What stands behind the language, such as the name of a file. */
  readonly title: string;
  readonly text: string;
}

/** Every document that the repository has for people. */
export function listDocuments(): readonly string[] {
  return [".", "docs", "docs/providers", ...examples()].flatMap((folder) =>
    readdirSync(folder).flatMap((name) => (name.endsWith(".md") ? [join(folder, name)] : [])),
  );
}

function examples(): readonly string[] {
  const folders = readdirSync("examples", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return ["examples", ...folders.map(({ name }) => join("examples", name))];
}

export function readDocument(file: string): string {
  return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
}

/** The fenced blocks, in their order. */
export function codeBlocks(document: string): readonly CodeBlock[] {
  return [...document.matchAll(/^```(\w+) ?([^\n]*)\n(.*?)^```$/gms)].map(
    ([, language = "", title = "", text = ""]) => ({
      language,
      title,
      text,
    }),
  );
}
