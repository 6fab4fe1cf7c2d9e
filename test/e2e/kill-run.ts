import {
  createCollections,
  survey,
  waitForImports,
  writeUntilGone,
  type SentBatch,
  type Survey,
} from "./kill-workload.js";
import { startProgram } from "./program.js";

const kinds = ["insert", "upsert", "import"] as const;

/** Kills the program with SIGKILL several times while it writes, and counts the stored records. */
export async function killAgainAndAgain(environment: Readonly<Record<string, string>>, kills: number): Promise<Survey> {
  const journal: SentBatch[] = [];
  let program = await startProgram(environment);
  const collections = await createCollections(program.url);
  for (let killed = 0; killed < kills; killed += 1) {
    const { url } = program;
    const writers = kinds.map((kind) => writeUntilGone(url, journal, kind));
    await new Promise((resolve) => setTimeout(resolve, 150 + Math.random() * 600));
    await program.stop("SIGKILL");
    await Promise.all(writers);
    program = await startProgram(environment);
  }
  await waitForImports(program.url);
  const result = await survey(program.url, collections, journal);
  await program.stop("SIGTERM");
  return result;
}

export function describeSurvey(place: string, kills: number, result: Survey): string {
  const { acknowledged, stored, missing, doubled, halfBatches } = result;
  return `${place}: ${kills} kills; acknowledged ${acknowledged}, stored ${stored}, missing ${missing}, doubled ${doubled}, half batches ${halfBatches}`;
}
