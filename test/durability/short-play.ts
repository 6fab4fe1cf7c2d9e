import { expect } from "vitest";
import { play } from "./play.js";
import { type Scenario, scenarios } from "./scenarios.js";

/** Rounds of scenarios of one kind of place, in turn on one database: each further database costs two starts. */
export async function expectNothingLost(names: readonly string[]): Promise<void> {
  const chosen = names.map(findScenario);
  const [{ place } = findScenario("")] = chosen;
  let played = 0;
  const mixed: Scenario = {
    name: names.join(", "),
    place,
    round: async (stage) => {
      await chosen[played]?.round(stage);
      played += 1;
    },
  };
  const seed = Math.floor(Math.random() * 1_000_000);
  const result = await play(mixed, { seed, more: (count) => count < names.length });
  console.log(`seed ${seed}: ${JSON.stringify(result)}`);
  expect(result.acknowledged).toBeGreaterThan(0);
  expect(result).toMatchObject({ rounds: names.length, missing: 0, doubled: 0, halved: 0, unwanted: 0 });
}

function findScenario(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`there is no scenario "${name}"`);
  return found;
}
