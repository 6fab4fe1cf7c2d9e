import { test } from "vitest";
import { findPostgres } from "../../durability/cluster.js";
import { expectNothingLost } from "../../durability/short-play.js";
import { withDatabase } from "./database.js";

test.each([
  ["server-kill", 3],
  ["server-terminate", 1],
])("loses, doubles and halves nothing while it writes to a server: %s", { timeout: 400_000 }, async (name, rounds) => {
  await withDatabase(async (url) => {
    const place = { environment: { DATABASE_URL: url }, close: () => Promise.resolve() };
    await expectNothingLost(name, { rounds, place });
  });
});

test.skipIf(findPostgres() === undefined)(
  "loses, doubles and halves nothing when the server crashes",
  { timeout: 400_000 },
  async () => {
    await expectNothingLost("server-crash", { rounds: 2 });
  },
);
