import { rmSync } from "node:fs";
import { pathToFileURL } from "node:url";

// Templates of other migrations are never read again.
rmSync("dist/template", { recursive: true, force: true });
const { readTemplate, templateSchemas } =
  /** @type {typeof import("../../src/persistence/pglite/database-template.js")} */ (
    await import(pathToFileURL("dist/modules/persistence/pglite/database-template.js").href)
  );
for (const kind of /** @type {(keyof typeof templateSchemas)[]} */ (Object.keys(templateSchemas)))
  await readTemplate(kind);
