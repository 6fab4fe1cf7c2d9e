import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { Clock, IdSource } from "../core/clock.js";

export const systemClock: Clock = { now: () => new Date() };

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export const randomIds: IdSource = {
  uuid: () => randomUUID(),
  hex: (length) =>
    randomBytes(Math.ceil(length / 2))
      .toString("hex")
      .slice(0, length),
  alphanumeric: (length) => Array.from({ length }, () => letters[randomInt(letters.length)]).join(""),
};
