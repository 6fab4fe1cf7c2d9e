import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { listDocuments, readDocument } from "./documents.js";

const fence = /^```.*?^```$/gms;
/** Folders whose files documents name from the root, or, in tables of the source tree, from `src`. */
const roots = ["", "src"];

/** As GitHub makes them of headings. */
function anchorsOf(document: string): readonly string[] {
  const headings = [...document.replaceAll(fence, "").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function linksOf(document: string): readonly string[] {
  const links = [...document.replaceAll(fence, "").matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return links.filter((target) => !/^[a-z]+:/.test(target));
}

interface NamedPath {
  readonly path: string;
  /** The folder that the line of a table is about. */
  readonly room: string;
}

const file =
  /^(?!\/|\.recordgate|dist\/|recordgate\/)[\w.-]+\/(?:[\w.-]+\/)*(?:[\w.-]+\.(?:ts|mjs|js|json|md|sh|graphql|prisma))?$/;
const folder = /^(?:src|test|docs|scripts|examples|prisma|schema)\/[\w./-]+$/;

/** What stands in backticks and looks like a path of the repository. */
function pathsOf(document: string): readonly NamedPath[] {
  return document
    .replaceAll(fence, "")
    .split("\n")
    .flatMap((line) => {
      const [, room = ""] = /^\| `([\w/-]+\/)`/.exec(line) ?? [];
      const quoted = [...line.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);
      return quoted.filter((text) => file.test(text) || folder.test(text)).map((path) => ({ path, room }));
    });
}

describe.each(listDocuments())("%s", (name) => {
  const document = readDocument(name);

  test("links to files and headings that exist", () => {
    const broken = linksOf(document).filter((link) => {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? name : join(dirname(name), path);
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(readDocument(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test("names paths that exist", () => {
    const absent = pathsOf(document).filter(({ path, room }) => {
      return ![...roots, join("src", room), dirname(name)].some((root) => existsSync(join(root, path)));
    });
    expect(absent).toEqual([]);
  });
});

test("the documents name paths at all", () => {
  expect(pathsOf(readDocument("docs/architecture.md")).length).toBeGreaterThan(30);
  expect(listDocuments()).toEqual(expect.arrayContaining(["README.md", "docs/deployment.md", "examples/README.md"]));
});
