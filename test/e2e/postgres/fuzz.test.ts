import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faces } from "../fuzz/corpus.js";
import { type FuzzServer, openFuzzServer } from "../fuzz/fuzz-server.js";
import { fuzzFace } from "../fuzz/play.js";
import { createDatabase, type Database } from "./database.js";

const requests = Number(process.env["FUZZ_REQUESTS"] ?? "2500");
/** Another seed gives another series; a finding names its seed. */
const seed = Number(process.env["FUZZ_SEED"] ?? "20261125");
const megabyte = 1_000_000;

describe("mutated requests", () => {
  let database: Database;
  let server: FuzzServer;
  beforeAll(async () => {
    database = await createDatabase();
    server = await openFuzzServer(database.url);
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  test.each(Object.keys(faces))(
    "cause no server error, no foreign reply and no partial write at the face of %s",
    { timeout: 300_000 },
    async (provider) => {
      const outcome = await fuzzFace(provider, { server, seed, requests });
      const { refused, byStatus, storedRecords, findings, socketsBefore, socketsAfter } = outcome;
      const [rssGrowth, heapGrowth] = [outcome.rssGrowthBytes / megabyte, outcome.heapGrowthBytes / megabyte];
      console.log(
        `${provider}, seed ${seed}: ${outcome.requests} requests, ${refused} refused, by status ${JSON.stringify(byStatus)}, ${storedRecords} records; ` +
          `RSS grew by ${rssGrowth.toFixed(1)} MB after request 1,000, the heap by ${heapGrowth.toFixed(1)} MB; sockets ${socketsBefore} before, ${socketsAfter} after`,
      );
      expect(findings).toEqual([]);
      expect(refused).toBeGreaterThan(requests / 4);
      expect(refused).toBeLessThan(requests);
      expect(rssGrowth).toBeLessThan(32);
      expect(heapGrowth).toBeLessThan(8);
      expect(socketsAfter).toBe(socketsBefore);
    },
  );
});
