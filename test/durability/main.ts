import { lackOf } from "./places.js";
import { faultNames, hasFaults, play, type Played } from "./play.js";
import { readOptions } from "./options.js";
import { type Scenario, scenarios } from "./scenarios.js";

// `npm run durability`: the built program, written to by concurrent clients and disturbed in every way that it must survive.
const { seed, rounds, minutes, only } = readOptions(process.argv.slice(2));
const asked = scenarios.filter(({ name }) => only.includes(name));
const faults: string[] = [];
const columns = ["rounds", "acknowledged", "unknown", "stored", ...faultNames] as const;

console.log(`seed ${seed}`);
console.log(toLine(["scenario", ...columns, "seconds"]));
for (const scenario of asked) {
  const lack = lackOf(scenario.place);
  if (lack !== undefined) console.log(`${scenario.name.padEnd(18)}left out: ${lack}`);
  else await playOne(scenario);
}
if (faults.length > 0) {
  console.error(`${faults.join("\n")}\nseed ${seed}`);
  process.exitCode = 1;
}

async function playOne(scenario: Scenario): Promise<void> {
  const endMs = Date.now() + ((minutes ?? 0) * 60_000) / asked.length;
  const number = Math.ceil(rounds * (scenario.share ?? 1));
  const more = (played: number): boolean => (minutes === undefined ? played < number : Date.now() < endMs);
  try {
    const played = await play(scenario, { seed, more });
    console.log(toLine(toCells(played)));
    if (hasFaults(played)) faults.push(`${scenario.name}: what is stored differs from what was answered`);
  } catch (error) {
    faults.push(`${scenario.name}: ${error instanceof Error ? error.message : String(error)}`);
    console.log(`${scenario.name.padEnd(18)}FAILED`);
  }
}

function toCells({ name, seconds, ...played }: Played): readonly string[] {
  return [name, ...columns.map((column) => String(played[column])), seconds.toFixed(0)];
}

function toLine([name = "", ...cells]: readonly string[]): string {
  return [name.padEnd(18), ...cells.map((cell) => cell.padStart(13))].join("");
}
