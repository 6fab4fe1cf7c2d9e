import { test } from "vitest";
import { expectNothingLost } from "../../durability/short-play.js";

test.each(["disk-full", "containers"])("loses, doubles and halves nothing: %s", { timeout: 400_000 }, (name) =>
  expectNothingLost([name]),
);
