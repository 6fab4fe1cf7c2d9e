import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Provider, Sample } from "../../src/contract/provider.js";
import type { IdSource } from "../../src/core/clock.js";
import { randomIds } from "../../src/ids.js";
import type { JsonObject } from "../../src/core/json.js";
import { writeOperations } from "../../src/core/write.js";
import * as registry from "../../src/providers/registry.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";
import { write } from "./write.js";

/** The same ids in the same order, so that replies which hold some can be compared; the database gets random ones. */
function countingIds(): IdSource {
  let count = 0;
  const next = (length: number): string => String(++count).padStart(length, "0");
  return { ...randomIds, hex: next, alphanumeric: next };
}

/** Two programs over equal databases: one asks its own router, the other the REST face of a third. */
async function createPair(provider: Provider): Promise<{ embedded: OpenTestApp; remote: OpenTestApp; service: OpenTestApp }> {
  const embedded = await openTestApp({ providers: [provider], ids: countingIds() });
  const service = await openTestApp({ providers: [provider], ids: countingIds() });
  const prefix = provider.id.toUpperCase();
  const { url } = await service.listen();
  const remote = await openTestApp({ providers: [provider], environment: { [`${prefix}_BASE_URL`]: `${url}/${provider.id}`, [`${prefix}_TOKEN`]: "any" } });
  return { embedded, remote, service };
}

describe.each(Object.values(registry))("$id", (provider) => {
  const [sample] = provider.samples;
  if (sample === undefined) throw new Error("a provider has at least one sample");
  let pair: Awaited<ReturnType<typeof createPair>>;
  beforeAll(async () => {
    pair = await createPair(provider);
    for (const app of [pair.embedded, pair.service]) await app.manageCollections.create(provider.id, sample.definition);
  });
  afterAll(() => Promise.all(Object.values(pair).map((app) => app.close())));

  const operations = writeOperations.filter((operation) => provider.targets[operation] !== undefined);
  const scenes = scenesOf(sample).flatMap((scene) => operations.map((operation) => ({ ...scene, operation })));
  test.each(scenes)("answers the same over HTTP as in process: $operation of $name", async ({ operation, target, records }) => {
    const input = { provider: provider.id, operation, target, records };
    const expected = await write(pair.embedded, input);
    expect(await write(pair.remote, input)).toEqual(expected);
  });
});

interface Scene {
  readonly name: string;
  readonly target: JsonObject;
  readonly records: readonly JsonObject[];
}

function scenesOf({ target, records, faulty, absentTarget }: Sample): readonly Scene[] {
  return [
    { name: "good records", target, records },
    { name: "no records", target, records: [] },
    { name: "a faulty record", target, records: [...records, faulty.record] },
    { name: "an absent target", target: absentTarget, records },
    { name: "a record with U+0000", target, records: records.map((record) => ({ ...record, "nul\u0000": "x" })) },
    { name: "a record with hostile keys", target, records: [JSON.parse('{"__proto__":{"a":1},"constructor":2}') as JsonObject] },
  ];
}
