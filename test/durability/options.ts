import { Command, InvalidArgumentError, Option } from "commander";
import { scenarios } from "./scenarios.js";

export interface DurabilityOptions {
  readonly seed: number;
  readonly rounds: number;
  /** Instead of a number of rounds: the time for all scenarios together. */
  readonly minutes?: number;
  readonly only: readonly string[];
}

/** Prints the usage and ends the process for arguments that it does not know. */
export function readOptions(words: readonly string[]): DurabilityOptions {
  const names = scenarios.map(({ name }) => name);
  const command = new Command("npm run durability --")
    .description("Disturbs programs while they are written to, and compares what is stored with what was answered.")
    .option("--seed <number>", "repeats the choices of another run, as far as time allows", readWhole)
    .option("--rounds <number>", "rounds of each scenario", readWhole, 10)
    .option("--minutes <number>", "goes on for about so long instead", readWhole)
    .addOption(new Option("--only <scenario...>", "leaves out the others").choices(names).default(names, "all"))
    .allowExcessArguments(false)
    .parse(words, { from: "user" });
  const { seed = Math.floor(Math.random() * 1_000_000), ...options } = command.opts<
    Omit<DurabilityOptions, "seed"> & { readonly seed?: number }
  >();
  return { seed, ...options };
}

function readWhole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}
