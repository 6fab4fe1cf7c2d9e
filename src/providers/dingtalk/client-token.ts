import { z } from "zod";
import { refusal } from "../../contract/failures.js";
import { providerId } from "./dialect.js";
import type { OpenedBase } from "./open-sheet.js";
import { showText } from "./text.js";

/** How long a token is remembered. */
export const clientTokenMs = 24 * 3_600_000;

const uuid = z.uuidv4();

/** @throws Refusal */
export function checkClientToken(clientToken: string | undefined): void {
  if (clientToken === undefined || uuid.safeParse(clientToken).success) return;
  const problem = `the clientToken '${showText(clientToken)}' is not a UUID v4`;
  throw refusal("arguments-invalid", { problem }, [{ field: "clientToken", rule: "uuid", message: problem }]);
}

/** Of which claim a token is the key. A token is the same whatever its case. */
export function clientTokenClaim({ space, operatorId }: OpenedBase, clientToken: string): { readonly scope: string; readonly key: string } {
  return { scope: `${providerId}.${space.id}.${operatorId}`, key: clientToken.toLowerCase() };
}
