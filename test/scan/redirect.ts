import { resolve } from "node:path";
import type { Plugin } from "vite";

/** The modules through which everything passes that a program logs and answers, and what stands before them in tests. */
const watched: Readonly<Record<string, string>> = {
  "src/app.ts": "app.ts",
  "src/contract/server/router.ts": "router.ts",
  "src/graphql/apollo/apollo.ts": "apollo.ts",
  "src/http/front-listener.ts": "front-listener.ts",
};

/** Lets the scan of logs and errors see every program under test: its modules import the watched ones instead. */
export function redirectToWatched(root: string): Plugin {
  const replacements = new Map(
    Object.entries(watched).map(([path, name]) => [resolve(root, path), resolve(root, "test/scan/watched", name)]),
  );
  return {
    name: "watched-modules",
    enforce: "pre",
    async resolveId(source, importer, options) {
      if (importer === undefined || !source.startsWith(".")) return null;
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      const replacement = replacements.get(found?.id ?? "");
      return replacement === undefined || replacement === importer ? null : replacement;
    },
  };
}
