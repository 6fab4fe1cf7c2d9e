import type { PartialReceipt } from "../../src/application/split-write.js";
import type { WriteReceipt } from "../../src/core/write.js";

/** The answer to a write that was not split. */
export function asReceipt(answer: WriteReceipt | PartialReceipt): WriteReceipt {
  if (answer.status === "partial") throw new Error("the write was split");
  return answer;
}
