import { z } from "zod";

const object = z.record(z.string(), z.json());

const provider = z.object({
  id: z.string(),
  title: z.string(),
  operations: z.array(z.object({ name: z.string() })),
  samples: z.array(
    z.object({ definition: object, target: object, records: z.array(object), faultyRecord: object, faultyField: z.string(), absentTarget: object }),
  ),
});

/** What the tabs need to know of a provider. */
export type SampleProvider = z.output<typeof provider>;

const answer = z.object({ data: z.object({ recordProviders: z.array(provider) }) });

const query = `{
  recordProviders { id title operations { name } samples { definition target records faultyRecord faultyField absentTarget } }
}`;

/** Empty when the server does not tell a stranger: the editor is still of use to who has a credential. */
export async function fetchSamples(url: string): Promise<readonly SampleProvider[]> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const parsed = answer.safeParse(await response.json());
  return parsed.success ? parsed.data.data.recordProviders : [];
}
