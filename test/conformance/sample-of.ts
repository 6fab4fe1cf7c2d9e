import type { Provider, Sample } from "../../src/contract/provider.js";

export function sampleOf({ id, samples: [sample] }: Provider): Sample {
  if (sample === undefined) throw new Error(`${id} has no sample`);
  return sample;
}
