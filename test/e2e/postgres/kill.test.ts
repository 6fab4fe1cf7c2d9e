import { expect, test } from "vitest";
import { describeSurvey, killAgainAndAgain } from "../kill-run.js";
import { withDatabase } from "./database.js";

test(
  "loses, doubles and halves nothing when it is killed while writing to a server",
  { timeout: 400_000 },
  async () => {
    await withDatabase(async (url) => {
      const kills = 20;
      const result = await killAgainAndAgain({ DATABASE_URL: url }, kills);
      console.log(describeSurvey("PostgreSQL", kills, result));
      expect(result.acknowledged).toBeGreaterThan(0);
      expect(result).toMatchObject({ missing: 0, doubled: 0, halfBatches: 0 });
    });
  },
);
