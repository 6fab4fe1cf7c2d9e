import { z } from "zod";

export const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, "must be a whole number")
  .transform(Number);

export function between(low: number, high: number) {
  return wholeNumber.refine((value) => value >= low && value <= high, `must be from ${low} to ${high}`);
}

export function onOrOff(usual: "on" | "off") {
  return z.enum(["on", "off"]).default(usual);
}
