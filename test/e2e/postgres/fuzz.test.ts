import { describe, expect, test } from "vitest";
import { faces } from "../fuzz/corpus.js";
import { fuzzFace } from "../fuzz/play.js";
import { withDatabase } from "./database.js";

const requests = 5000;
/** Another seed gives another series; a finding names its seed. */
const seed = Number(process.env["FUZZ_SEED"] ?? "20261125");
const megabyte = 1_000_000;

describe("mutated requests", () => {
  test.each(Object.keys(faces))(
    "cause no server error, no foreign reply and no partial write at the face of %s",
    { timeout: 300_000 },
    async (provider) => {
      const outcome = await withDatabase((databaseUrl) => fuzzFace(provider, { databaseUrl, seed, requests }));
      const { refused, byStatus, storedRecords, findings, rssGrowthBytes, socketsBefore, socketsAfter } = outcome;
      console.log(
        `${provider}, seed ${seed}: ${outcome.requests} requests, ${refused} refused, by status ${JSON.stringify(byStatus)}, ${storedRecords} records; ` +
          `RSS grew by ${(rssGrowthBytes / megabyte).toFixed(1)} MB after request 1,000; sockets ${socketsBefore} before, ${socketsAfter} after`,
      );
      expect(findings).toEqual([]);
      expect(refused).toBeGreaterThan(requests / 4);
      expect(refused).toBeLessThan(requests);
      expect(rssGrowthBytes).toBeLessThan(20 * megabyte);
      expect(socketsAfter).toBe(socketsBefore);
    },
  );
});
