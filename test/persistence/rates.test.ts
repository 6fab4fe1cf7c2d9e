import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { RateLimits } from "../../src/core/access/rate-limit.js";
import { StoreUnavailableError } from "../../src/core/store.js";
import type { Connection } from "../../src/persistence/connection/connection.js";
import { connectPostgres } from "../../src/persistence/connection/postgres-connection.js";
import { PrismaClient } from "../../src/persistence/generated/client.js";
import { applyMigrations } from "../../src/persistence/migrations/migrations.js";
import { connectPglite } from "../../src/persistence/pglite/pglite-connection.js";
import { createPglite } from "../../src/persistence/pglite/pglite.js";
import { createRateLimits } from "../../src/persistence/rates/rate-limits.js";
import { tablesOf } from "../../src/persistence/tables.js";
import { createServerDatabase, parts, server, serverUrl, silentLog } from "./databases.js";

describe("in one process", () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }));
  afterEach(() => void vi.useRealTimers());

  it("accepts the points of a second and then tells the rest of the second as the wait", async () => {
    const limiter = createRateLimits(undefined).open({ name: "requests", perSecond: 3 });
    expect(await limiter.take("one", 2)).toBeUndefined();
    vi.advanceTimersByTime(400);
    expect(await limiter.take("one", 1)).toBeUndefined();
    expect(await limiter.take("one", 1)).toBe(600);
    expect(await limiter.take("other", 3)).toBeUndefined();
    vi.advanceTimersByTime(600);
    expect(await limiter.take("one", 3)).toBeUndefined();
  });

  it("accepts more than a second has at the beginning of a second, for as many seconds as it needs", async () => {
    const limiter = createRateLimits(undefined).open({ name: "records", perSecond: 1000 });
    expect(await limiter.take("one", 2500)).toBeUndefined();
    expect(await limiter.take("one", 1)).toBe(3000);
    vi.advanceTimersByTime(2999);
    expect(await limiter.take("one", 1)).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await limiter.take("one", 1)).toBeUndefined();
    expect(await limiter.take("one", 1000)).toBe(1000);
  });

  it("uses up a day at most", async () => {
    const limiter = createRateLimits(undefined).open({ name: "records", perSecond: 1 });
    await limiter.take("one", 2_000_000_000);
    expect(await limiter.take("one", 1)).toBe(86_400_000);
  });

  it("counts limits of different names apart and one name once", async () => {
    const limits = createRateLimits(undefined);
    await limits.open({ name: "records", perSecond: 1 }).take("one", 1);
    expect(await limits.open({ name: "records", perSecond: 1 }).take("one", 1)).toBe(1000);
    expect(await limits.open({ name: "requests", perSecond: 1 }).take("one", 1)).toBeUndefined();
  });
});

interface Tabled {
  readonly connection: Connection;
  readonly drop: () => Promise<void>;
}

describe.each([
  {
    where: "embedded",
    skipped: false,
    open: async (): Promise<Tabled> => ({
      connection: connectPglite(await createPglite(), { description: "test" }),
      drop: () => Promise.resolve(),
    }),
  },
  {
    where: "on a server, in a schema of its own",
    skipped: serverUrl === undefined,
    open: async (): Promise<Tabled> => {
      const { url, drop } = await createServerDatabase();
      return { connection: await connectPostgres(`${url}?schema=counts`, server, silentLog), drop };
    },
  },
])("in a table, $where", ({ open, skipped }) => {
  describe.skipIf(skipped)("that processes share", () => {
    let table: Tabled;
    let prisma: PrismaClient;
    let processes: readonly [RateLimits, RateLimits];
    beforeAll(async () => {
      table = await open();
      await applyMigrations(table.connection, parts);
      prisma = new PrismaClient({ adapter: table.connection.adapters });
      const shared = { prisma, tables: tablesOf(table.connection.schema) };
      processes = [createRateLimits(shared), createRateLimits(shared)];
    });
    afterAll(async () => {
      await prisma.$disconnect();
      await table.connection.close();
      await table.drop();
    });
    const openBoth = (limit: { name: string; perSecond: number }) =>
      [processes[0].open(limit), processes[1].open(limit)] as const;

    it("the points that one has used are missing in the other", async () => {
      const [one, other] = openBoth({ name: "shared", perSecond: 1 });
      expect(await one.take("key", 1000)).toBeUndefined();
      const waitMs = await other.take("key", 1);
      expect(waitMs).toBeGreaterThan(0);
      expect(waitMs).toBeLessThanOrEqual(1_000_000);
      expect(await other.take("another key", 1)).toBeUndefined();
    });

    it("concurrent calls together get the points of the time and no more", async () => {
      const [one, other] = openBoth({ name: "concurrent", perSecond: 1 });
      // Makes the time longer than the test runs: one point is left of 1,000.
      await prisma.rateUse.create({
        data: { key: "concurrent:key", points: -9, expiresAt: new Date(Date.now() + 1_000_000) },
      });
      const waits = await Promise.all(
        Array.from({ length: 40 }, (_, index) => (index % 2 ? one : other).take("key", 1)),
      );
      expect(waits.filter((wait) => wait === undefined)).toHaveLength(10);
    });

    it("a count that is over begins again", async () => {
      const [one, other] = openBoth({ name: "over", perSecond: 1 });
      await prisma.rateUse.create({ data: { key: "over:key", points: 5, expiresAt: new Date(Date.now() - 1) } });
      expect(await one.take("key", 600)).toBeUndefined();
      expect(await other.take("key", 1)).toBeGreaterThan(0);
      expect((await prisma.rateUse.findUnique({ where: { key: "over:key" } }))?.points).toBe(601);
    });

    it("a name without points costs no statement until the time is over", async () => {
      const [one] = openBoth({ name: "remembered", perSecond: 1 });
      await one.take("key", 1000);
      await one.take("key", 1);
      expect((await prisma.rateUse.findUnique({ where: { key: "remembered:key" } }))?.points).toBe(1000);
    });

    it("a count grows no further than its column", async () => {
      const [one, other] = openBoth({ name: "large", perSecond: 1 });
      await one.take("key", 2_000_000_000);
      expect(await other.take("key", 2_000_000_000)).toBeGreaterThan(0);
    });
  });
});

it("nothing counts as begun when the database does not answer", async () => {
  const cause = new StoreUnavailableError("the database closed the connection", "unknown");
  const prisma = { $queryRaw: () => Promise.reject(cause) } as unknown as PrismaClient;
  const limiter = createRateLimits({ prisma, tables: tablesOf("public") }).open({ name: "requests", perSecond: 1 });
  await expect(limiter.take("key", 1)).rejects.toMatchObject({ name: "StoreUnavailableError", outcome: "not-applied" });
});
