import { test } from "vitest";
import { expectNothingLost } from "../../durability/short-play.js";

test.each([
  ["disk-full", 2],
  ["containers", 1],
])("loses, doubles and halves nothing: %s", { timeout: 400_000 }, async (name, rounds) => {
  await expectNothingLost(name, { rounds });
});
