import { test } from "vitest";
import { expectNothingLost } from "../durability/short-play.js";

const rounds = ["folder-kill", "folder-stop", "folder-kill", "folder-terminate", "folder-kill"];

test("loses, doubles and halves nothing of its folder when it is killed", { timeout: 400_000 }, () =>
  expectNothingLost(rounds),
);
