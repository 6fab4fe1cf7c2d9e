import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Contract, Limit } from "../../src/contract/contract.js";
import { measureLimit } from "../../src/contract/limits.js";
import { valueOf } from "../../src/contract/message.js";
import type { Provider } from "../../src/contract/provider.js";
import { systemRequest } from "../../src/core/request-scope.js";
import { writeOperations, type WriteOperation } from "../../src/core/write.js";
import { compactJsonBytes } from "../../src/json/size.js";
import type { JsonObject } from "../../src/json/value.js";
import * as registry from "../../src/providers/registry.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";
import { requestOf } from "../service/write-over.js";
import { sampleOf } from "./sample-of.js";
import { write } from "./write.js";

interface Part {
  readonly index: number;
  readonly firstRecord: number;
  readonly recordCount: number;
  readonly result: Readonly<Record<string, unknown>>;
}

const partRecords = 2;

/** Each write of each provider, with the limit that splits it. */
const splits = Object.values(registry).flatMap((provider) =>
  writeOperations.flatMap((operation) => {
    const contract = provider.contracts.find((each) => each.operation === operation);
    return (contract?.limits ?? []).map((limit) => ({
      ...{ provider, operation, contract: contract as Contract, limit },
      label: `${operation} of ${provider.id}, ${limit.name}`,
    }));
  }),
);

describe.each(splits)("a write that is split: $label", ({ provider, operation, contract, limit }) => {
  const { definition, target, records, faulty } = sampleOf(provider);
  const [good = {}, other = good] = records;
  /** Such a service gives each part a task of its own, which has the failures. */
  const storesLater = provider.imports !== undefined;
  const prefix = provider.id.toUpperCase();
  const opened: OpenTestApp[] = [];
  const open = async (environment: Readonly<Record<string, string>>): Promise<OpenTestApp> => {
    const app = await openTestApp({ environment });
    opened.push(app);
    return app;
  };
  let max: number;
  const places = new Map<string, { readonly app: OpenTestApp; readonly service: OpenTestApp; collection: string }>();

  beforeAll(async () => {
    // Two good records, or one of either kind.
    const measured = [[good], [good, other], [faulty.record]].map((some) => sizeOf(provider, operation, limit, some));
    max = limit.unit === "records" ? partRecords : Math.max(...(await Promise.all(measured)));
    const cap = { [`${prefix}_${limit.setting}`]: String(max) };
    const embedded = await open(cap);
    const service = await open({});
    const { url } = await service.listen();
    const remote = await open({ ...cap, [`${prefix}_BASE_URL`]: `${url}/${provider.id}`, [`${prefix}_TOKEN`]: "any" });
    for (const [mode, app, storing] of [
      ["embedded", embedded, embedded] as const,
      ["remote", remote, service] as const,
    ]) {
      const { id } = await storing.manageCollections.create(systemRequest, provider.id, definition);
      places.set(mode, { app, service: storing, collection: id });
    }
  });
  afterAll(() => Promise.all(opened.map((app) => app.close())));

  describe.each(["embedded", "remote"])("%s", (mode) => {
    const send = (some: readonly JsonObject[], batching?: "NONE" | "SPLIT") =>
      write(placeOf(mode).app, { provider: provider.id, operation, target, records: some, batching });
    const placeOf = (name: string) => {
      const place = places.get(name);
      if (place === undefined) throw new Error(`nothing is open ${name}`);
      return place;
    };
    const storedCount = async (): Promise<number> => {
      const { service, collection } = placeOf(mode);
      return (await service.store.records.listRecords(collection, { first: 1000 })).items.length;
    };

    test("is refused where the caller does not ask for it, and stored in full where it does", async () => {
      const five = Array.from({ length: 5 }, (_none, index) => records[index % records.length] ?? {});
      if (limit.unit === "records") expect(await send(five)).toMatchObject({ outcome: "NOT_APPLIED" });
      const before = await storedCount();
      const result = await send(five, "SPLIT");
      const parts = result["parts"] as readonly Part[] | undefined; // Selected by the operation.
      if (parts !== undefined) {
        expect(storesLater).toBe(true);
        expect(parts.map(({ result: { task } }) => task)).toEqual(
          parts.map(({ recordCount: totalCount }) => ({ totalCount })),
        );
        expectContiguous(parts, five.length);
        return;
      }
      const { insertedCount, upsertedCount, ids, warnings } = result;
      expect(insertedCount ?? upsertedCount).toBe(5);
      expect(warnings).toEqual([]);
      if (ids !== null) expect(ids).toHaveLength(5);
      if (operation === "insertRecords") expect(await storedCount()).toBe(before + 5);
    });

    test("of one part or without records is answered as if it were not split", async () => {
      for (const some of [[], [faulty.record]]) expect(await send(some, "SPLIT")).toEqual(await send(some, "NONE"));
    });

    test.skipIf(storesLater)(
      "ends with the part that fails: those before are stored, and indexes count in the whole",
      async () => {
        const before = await storedCount();
        // An upsert refuses one key twice in a call.
        const sent = [good, other, good, faulty.record, good, other, good];
        const result = await send(sent, "SPLIT");
        const parts = result["parts"] as readonly Part[]; // Selected by the operation.
        const last = parts.at(-1);
        expectContiguous(parts, (last?.firstRecord ?? 0) + (last?.recordCount ?? 0));
        expect(last).toMatchObject({
          result: { outcome: "NOT_APPLIED", violations: [{ recordIndex: 3, field: faulty.field }] },
        });
        const counts = parts
          .slice(0, -1)
          .map(({ result: { insertedCount, upsertedCount } }) => insertedCount ?? upsertedCount);
        expect(counts).toEqual(parts.slice(0, -1).map(({ recordCount }) => recordCount));
        if (operation === "insertRecords") expect(await storedCount()).toBe(before + (last?.firstRecord ?? 0));
      },
    );

    test.skipIf(storesLater)("that fails in its first part is answered as that part alone", async () => {
      const before = await storedCount();
      const failed = await send([faulty.record, ...Array.from({ length: 6 }, () => good)], "SPLIT");
      expect(failed).toMatchObject({ outcome: "NOT_APPLIED", violations: [{ recordIndex: 0 }] });
      expect(await storedCount()).toBe(before);
    });

    test.runIf(limit.unit === "bytes")("sends a record that is too large by itself as a part of its own", async () => {
      const huge = { ...good, [faulty.field]: "x".repeat(max) };
      const result = await send([good, huge, good], "SPLIT");
      const parts = result["parts"] as readonly Part[]; // Selected by the operation.
      expect(parts).toMatchObject([
        { index: 0, firstRecord: 0, recordCount: 1 },
        { index: 1, firstRecord: 1, recordCount: 1, result: { outcome: "NOT_APPLIED" } },
      ]);
      expect(parts[1]?.result).toEqual(await send([huge], "NONE"));
    });
  });

  function expectContiguous(parts: readonly Part[], count: number): void {
    let next = 0;
    for (const [index, part] of parts.entries()) {
      expect(part).toMatchObject({ index, firstRecord: next });
      next += part.recordCount;
    }
    expect(parts.length).toBeGreaterThan(1);
    expect(next).toBe(count);
  }

  test("is cut by what the contract measures", async () => {
    const { app } = places.get("embedded") ?? {};
    const many = Array.from({ length: 20 }, (_none, index) => (index % 3 === 0 ? faulty.record : good));
    const takePart = app?.directory.get(provider.id).dataSource.cut?.(operation, { target, records: many });
    for (let first = 0; takePart !== undefined && first < many.length;) {
      const { recordCount, measures } = takePart(first);
      const some = many.slice(first, first + recordCount);
      for (const each of contract.limits)
        if (measures.has(each.name))
          expect(measures.get(each.name)).toBe(await sizeOf(provider, operation, each, some));
      expect(measures.get(limit.name)).toBeLessThanOrEqual(max);
      first += recordCount;
    }
    expect(takePart).toBeDefined();
  });
});

async function sizeOf(
  provider: Provider,
  operation: WriteOperation,
  limit: Limit,
  records: readonly JsonObject[],
): Promise<number> {
  const { target } = sampleOf(provider);
  const { body } = await requestOf(provider, operation, { target, records });
  const value = valueOf(body) ?? null;
  return measureLimit(limit, { value, sizeBytes: compactJsonBytes(value) }) ?? 0;
}
