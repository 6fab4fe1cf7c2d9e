import { playAll } from "./scenes.js";
import { findServer } from "./server.js";
import { renderTable } from "./table.js";
import { createTerminal } from "./terminal.js";

const { width, paint, print, showProgress } = createTerminal(process.stdout, process.env);

async function runDemo(): Promise<boolean> {
  const server = await findServer(process.env);
  try {
    print(`Demo against ${server.name}\n`);
    const rows = await playAll(server.providers, { ask: server.ask, onProgress: showProgress });
    print(`\n${renderTable(rows, { width, paint })}\n`);
    const remote = server.providers.flatMap(({ id, mode }) => (mode === "EMBEDDED" ? [] : [id]));
    if (remote.length > 0) print(`Left out because they are remote services: ${remote.join(", ")}`);
    const good = rows.filter((row) => row.asDocumented).length;
    print(paint(`${good} of ${rows.length} ended as documented.`, good === rows.length ? "good" : "bad"));
    return rows.length > 0 && good === rows.length;
  } finally {
    await server.close();
  }
}

try {
  process.exitCode = (await runDemo()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
