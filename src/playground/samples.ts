import { z } from "zod";

const sampleObject = z.record(z.string(), z.json());

const sampleProvider = z.object({
  id: z.string(),
  title: z.string(),
  mode: z.enum(["EMBEDDED", "REMOTE"]),
  operations: z.array(z.object({ name: z.string() })),
  samples: z.array(
    z.object({
      definition: sampleObject,
      target: sampleObject,
      records: z.array(sampleObject),
      faultyRecord: sampleObject,
      faultyField: z.string(),
      absentTarget: sampleObject,
    }),
  ),
});

/** The parts of a provider for the tabs. */
export type SampleProvider = z.output<typeof sampleProvider>;

const samplesAnswer = z.object({ data: z.object({ recordProviders: z.array(sampleProvider) }) });

const samplesQuery = `{
  recordProviders { id title mode operations { name } samples { definition target records faultyRecord faultyField absentTarget } }
}`;

/** Empty when the server requires a credential: the editor still works for a visitor who adds one. */
export async function fetchSamples(url: string): Promise<readonly SampleProvider[]> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: samplesQuery }),
  });
  const parsed = samplesAnswer.safeParse(await response.json());
  return parsed.success ? parsed.data.data.recordProviders : [];
}
