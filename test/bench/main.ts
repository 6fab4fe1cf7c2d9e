import { existsSync, writeFileSync } from "node:fs";
import { benches } from "./benches.js";
import { fullEffort, quickEffort } from "./contest.js";
import { howToInstall, type Options, readOptions } from "./options.js";
import { type Row, toRow } from "./report/row.js";
import { tableHead, toTableLine } from "./report/table.js";
import { openStage } from "./stage.js";

// `npm run bench`: each row is our figure against a reference, measured in turn.
try {
  if (!existsSync("test/peers/node_modules/autocannon")) {
    throw new Error("run npm ci --prefix test/peers --ignore-scripts first");
  }
  await runBench(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function runBench({ names, leftOut, isQuick, json }: Options): Promise<void> {
  const effort = isQuick ? quickEffort : fullEffort;
  const stage = await openStage();
  const rows: Row[] = [];
  try {
    console.log(tableHead);
    for (const { rows: benchRows, run } of benches) {
      if (!benchRows.some((name) => names.includes(name))) continue;
      const results = await run(stage, effort);
      for (const [index, rounds] of results.entries()) {
        const name = benchRows[index];
        if (name === undefined || !names.includes(name)) continue;
        const row = toRow(name, rounds);
        rows.push(row);
        console.log(toTableLine(row));
      }
      // After each row: a run takes long, and may be stopped.
      if (json !== undefined) writeFileSync(json, `${JSON.stringify(rows, undefined, 2)}\n`);
    }
  } finally {
    await stage.close();
  }
  if (leftOut.length > 0) console.log(`left out: ${leftOut.join(", ")} (${howToInstall})`);
}
