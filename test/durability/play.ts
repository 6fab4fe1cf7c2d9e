import { Random } from "../e2e/fuzz/random.js";
import { Model, type Verdict } from "./model.js";
import { openPlace } from "./places.js";
import { createCollections, readStored, waitForImports } from "./requests.js";
import { type Scenario, scenarios } from "./scenarios.js";
import { Stage } from "./stage.js";
import { Clients } from "./writers.js";

export interface PlayOptions {
  readonly seed: number;
  /** Whether another round comes. */
  readonly more: (played: number) => boolean;
}

export interface Played extends Verdict {
  readonly name: string;
  readonly rounds: number;
  readonly seconds: number;
}

/** Plays rounds of a scenario on one database, then compares what is stored with what was answered. */
export async function play(scenario: Scenario, options: PlayOptions): Promise<Played> {
  const startedAt = performance.now();
  const place = await openPlace(scenario.place);
  const random = new Random(options.seed + scenarios.indexOf(scenario));
  const model = new Model();
  const stage = new Stage({ place, random, clients: new Clients(model, random) });
  try {
    const first = await stage.start();
    const collections = await createCollections(first.url);
    await stage.terminate(first);
    let rounds = 0;
    for (; options.more(rounds); rounds += 1) await scenario.round(stage);
    const last = await stage.start();
    await waitForImports(last.url);
    const stored = {
      inserted: await readStored(last.url, collections.inserted),
      keyed: await readStored(last.url, collections.keyed),
      imported: await readStored(last.url, collections.imported),
    };
    await stage.terminate(last);
    const seconds = (performance.now() - startedAt) / 1000;
    return { name: scenario.name, rounds, seconds, ...model.judge(stored) };
  } catch (error) {
    throw new Error([String(error), ...stage.defects()].join("\n"), { cause: error });
  } finally {
    await stage.close();
    await place.close();
  }
}

/** The counts that must be 0. */
export const faultNames = ["missing", "doubled", "halved", "unwanted"] as const;

export function hasFaults(verdict: Verdict): boolean {
  return faultNames.some((name) => verdict[name] > 0);
}
