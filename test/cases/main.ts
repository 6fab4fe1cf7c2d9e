import { basename } from "node:path";
import { readCaseFile } from "./case-file.js";
import { CaseWorlds } from "./case-world.js";
import { planRuns } from "./plan.js";
import { RemoteWorlds } from "./remote/remote-world.js";
import { runRemoteCase } from "./remote/run-remote-case.js";
import { runCase } from "./run-case.js";

const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error("usage: npm run cases -- FILE…");
  process.exit(1);
}

const worlds = new CaseWorlds();
const remoteWorlds = new RemoteWorlds();
let passed = 0;
let failed = 0;
let leftOut = 0;
for (const path of paths) {
  console.log(`# ${basename(path)}`);
  const plan = await planRuns(readCaseFile(path));
  for (const run of [...plan.runs, ...plan.remote]) {
    const playing = run.item.side === "remote" ? runRemoteCase(run, remoteWorlds) : runCase(run, worlds);
    const { faces, findings } = await playing.catch((error: unknown) => ({
      faces: [],
      findings: [String(error)],
    }));
    const verdict = findings.length === 0 ? "passed" : "FAILED";
    console.log(`${verdict}  ${run.label}  ${run.item.title}  [${faces.join(", ")}]`);
    for (const finding of findings) console.log(`        ${finding}`);
    if (findings.length === 0) passed += 1;
    else failed += 1;
  }
  for (const { item, reason } of plan.leftOut) console.log(`left out  ${item.id}  ${item.title}: ${reason}`);
  leftOut += plan.leftOut.length;
}
await worlds.close();
await remoteWorlds.close();
if (leftOut > 0) console.log(`${leftOut} cases left out`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
