import { parseArgs } from "node:util";
import { playRemote } from "./remote-scenes.js";
import { startRemoteServer } from "./remote-server.js";
import { playAll } from "./scenes.js";
import { findServer } from "./server.js";
import { embeddedColumns, remoteColumns, renderTable } from "./table.js";
import { createTerminal } from "./terminal.js";

const { width, paint, print, showProgress } = createTerminal(process.stdout, process.env);

async function runEmbedded(): Promise<boolean> {
  const server = await findServer(process.env);
  try {
    print(`Demo against ${server.name}\n`);
    const rows = await playAll(server.providers, { ask: server.ask, onProgress: showProgress });
    print(`\n${renderTable(rows, { columns: embeddedColumns, width, paint })}\n`);
    const remote = server.providers.flatMap(({ id, mode }) => (mode === "EMBEDDED" ? [] : [id]));
    if (remote.length > 0) print(`Left out because they are remote services: ${remote.join(", ")}`);
    return judge(rows);
  } finally {
    await server.close();
  }
}

async function runRemote(): Promise<boolean> {
  const server = await startRemoteServer();
  try {
    print("Demo against scripted services: every provider is remote\n");
    const rows = await playRemote(server.providers, server);
    print(`${renderTable(rows, { columns: remoteColumns, width, paint })}\n`);
    return judge(rows);
  } finally {
    await server.close();
  }
}

function judge(rows: readonly { readonly asDocumented: boolean }[]): boolean {
  const good = rows.filter((row) => row.asDocumented).length;
  print(paint(`${good} of ${rows.length} ended as documented.`, good === rows.length ? "good" : "bad"));
  return rows.length > 0 && good === rows.length;
}

try {
  const { remote } = parseArgs({ options: { remote: { type: "boolean" } } }).values;
  process.exitCode = (await (remote === true ? runRemote() : runEmbedded())) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
