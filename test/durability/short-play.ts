import { expect } from "vitest";
import type { Place } from "./places.js";
import { play } from "./play.js";
import { scenarios } from "./scenarios.js";

interface ShortPlay {
  readonly rounds: number;
  readonly place?: Place;
}

/** A few rounds of a scenario; `npm run durability -- --seed` repeats their choices. */
export async function expectNothingLost(name: string, { rounds, place }: ShortPlay): Promise<void> {
  const scenario = scenarios.find((each) => each.name === name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  const seed = Math.floor(Math.random() * 1_000_000);
  const played = await play(scenario, { seed, more: (count) => count < rounds, ...(place && { place }) });
  console.log(`seed ${seed}: ${JSON.stringify(played)}`);
  expect(played.acknowledged).toBeGreaterThan(0);
  expect(played).toMatchObject({ missing: 0, doubled: 0, halved: 0, unwanted: 0 });
}
