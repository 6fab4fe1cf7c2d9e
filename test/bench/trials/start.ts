import { startDefault } from "../contenders/recordgate.js";
import type { Effort, Stage } from "../contest.js";
import type { Round, Rounds } from "../run-contest.js";
import { readMemory } from "../servers/memory.js";
import { lendDatabase, type PlaceKind } from "./lend-database.js";

/** After this time a program that serves nothing has done all that a start leaves for later. */
const idleMs = 5000;

/** The memory of a program over a new database, some seconds after its start. */
export async function runStart(kind: PlaceKind, stage: Stage, { rounds }: Effort): Promise<Rounds> {
  const ours: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const megabytes = await lendDatabase(kind, stage, async ({ environment }) => {
      const program = await startDefault(environment);
      await new Promise((resolve) => setTimeout(resolve, idleMs));
      const found = readMemory(program.pid);
      await program.stop("SIGTERM");
      return found;
    });
    ours.push({ figure: megabytes, cpuMs: undefined });
  }
  return { ours, reference: [] };
}
