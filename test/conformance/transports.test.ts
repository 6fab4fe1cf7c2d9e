import { systemRequest } from "../../src/core/request-scope.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sample } from "../../src/contract/provider.js";
import type { IdSource } from "../../src/core/clock.js";
import { randomIds } from "../../src/host/system.js";
import type { JsonObject } from "../../src/json/value.js";
import { writeOperations } from "../../src/core/write.js";
import * as registry from "../../src/providers/registry.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";
import { sampleOf } from "./sample-of.js";
import { write } from "./write.js";

/** The same ids in the same order, so that replies with ids can be compared. The database gets random ones. */
function countingIds(): IdSource {
  let count = 0;
  const next = (length: number): string => String(++count).padStart(length, "0");
  return { ...randomIds, hex: next, alphanumeric: next };
}

const providers = Object.values(registry);
let embedded: OpenTestApp;
let service: OpenTestApp;
let remote: OpenTestApp;

/** Two programs over equal databases: one calls its own routers, the other the REST faces of a third. */
beforeAll(async () => {
  [embedded, service] = [await openTestApp({ ids: countingIds() }), await openTestApp({ ids: countingIds() })];
  const { url } = await service.listen();
  const variables = providers.flatMap(
    ({ id }) =>
      [
        [`${id.toUpperCase()}_BASE_URL`, `${url}/${id}`],
        [`${id.toUpperCase()}_TOKEN`, "any"],
      ] as const,
  );
  remote = await openTestApp({ environment: Object.fromEntries(variables) });
});
afterAll(() => Promise.all([embedded, service, remote].map((app) => app.close())));

describe.each(providers)("$id", (provider) => {
  const sample = sampleOf(provider);
  beforeAll(async () => {
    for (const app of [embedded, service])
      await app.manageCollections.create(systemRequest, provider.id, sample.definition);
  });

  const operations = writeOperations.filter((operation) => provider.targets[operation] !== undefined);
  const scenes = scenesOf(sample).flatMap((scene) => operations.map((operation) => ({ ...scene, operation })));
  test.each(scenes)(
    "answers the same over HTTP as in process: $operation of $name",
    async ({ operation, target, records }) => {
      const input = { provider: provider.id, operation, target, records };
      const expected = await write(embedded, input);
      expect(await write(remote, input)).toEqual(expected);
    },
  );
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
    {
      name: "a record with hostile keys",
      target,
      records: [JSON.parse('{"__proto__":{"a":1},"constructor":2}') as JsonObject],
    },
  ];
}
