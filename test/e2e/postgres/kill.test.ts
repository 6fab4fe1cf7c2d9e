import { test } from "vitest";
import { lackOf } from "../../durability/places.js";
import { expectNothingLost } from "../../durability/short-play.js";

const rounds = ["server-kill", "server-crash", "server-terminate", "server-kill"];

// It crashes a server of its own, not the one that the other tests use.
test.skipIf(lackOf("server") !== undefined)(
  "loses, doubles and halves nothing on a server when one of two programs is killed, or the server is",
  { timeout: 400_000 },
  () => expectNothingLost(rounds),
);
