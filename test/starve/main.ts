import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProgram } from "../e2e/program.js";
import { attacks } from "./attacks.js";
import { type Outcome, prepare, starve } from "./starve.js";

// `npm run starve`: each attack against the built program on an embedded database, and what another client notices.
const folder = await mkdtemp(join(tmpdir(), "recordgate-starve-"));
const program = await startProgram({ DATABASE_FOLDER: join(folder, "data") });
const faults: string[] = [];
try {
  await prepare(program);
  console.log(toRow(["request", "answer", "ms", "__typename", "/health", "insert", "peak MB"]));
  for (const attack of attacks) {
    const outcome = await starve(program, attack);
    if (outcome.fault !== undefined) faults.push(`${outcome.name}: ${outcome.answer}, ${outcome.fault}`);
    console.log(toRow(toCells(outcome)));
  }
} finally {
  await program.stop("SIGTERM");
  await rm(folder, { recursive: true, force: true });
}
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exitCode = 1;
}

function toCells({ name, answer, ms, typename, health, insert, peakMegabytes }: Outcome): readonly string[] {
  return [name, answer, ...[ms, typename, health, insert].map((time) => time.toFixed(0)), String(peakMegabytes ?? "?")];
}

function toRow([request = "", answer = "", ...numbers]: readonly string[]): string {
  return [request.padEnd(34), answer.padEnd(22), ...numbers.map((number) => number.padStart(11))].join("");
}
