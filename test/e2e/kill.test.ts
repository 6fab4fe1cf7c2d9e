import { test } from "vitest";
import { expectNothingLost } from "../durability/short-play.js";

test.each([
  ["folder-kill", 5],
  ["folder-terminate", 2],
  ["folder-stop", 2],
])(
  "loses, doubles and halves nothing while it writes to its folder: %s",
  { timeout: 400_000 },
  async (name, rounds) => {
    await expectNothingLost(name, { rounds });
  },
);
