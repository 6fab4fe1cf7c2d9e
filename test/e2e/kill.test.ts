import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeSurvey, killAgainAndAgain } from "./kill-run.js";

test(
  "loses, doubles and halves nothing when it is killed while writing to its folder",
  { timeout: 400_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "recordgate-kill-"));
    try {
      const kills = 20;
      const result = await killAgainAndAgain({ DATABASE_FOLDER: folder }, kills);
      console.log(describeSurvey("embedded folder", kills, result));
      expect(result.acknowledged).toBeGreaterThan(0);
      expect(result).toMatchObject({ missing: 0, doubled: 0, halfBatches: 0 });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
