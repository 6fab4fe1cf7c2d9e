import { z } from "zod";
import type { Query } from "../../../contract/message.js";
import { quoteText } from "../../../json/quote.js";
import { dingtalkFailures } from "../failures.js";
import type { OpenedBase } from "../sheet/open-sheet.js";

/** A token is remembered for 24 hours. */
export const clientTokenMs = 24 * 3_600_000;

const uuidText = z.uuidv4();

/**
 * The token of an insert; an empty one counts as absent.
 * @throws RefusalError for several tokens: each would make the request another one
 */
export function readClientToken(query: Query): string | undefined {
  const [token, other] = new Set([query["clientToken"] ?? []].flat().filter((text) => text !== ""));
  if (other === undefined) return token;
  const problem = "several values of clientToken are given";
  throw dingtalkFailures.refuse("arguments-invalid", { problem }, [
    { field: "clientToken", rule: "unique", message: problem },
  ]);
}

/** @throws RefusalError */
export function checkClientToken(clientToken: string | undefined): void {
  if (clientToken === undefined || uuidText.safeParse(clientToken).success) return;
  const problem = `the clientToken '${quoteText(clientToken)}' is not a UUID v4`;
  throw dingtalkFailures.refuse("arguments-invalid", { problem }, [
    { field: "clientToken", rule: "uuid", message: problem },
  ]);
}

/** Scope and key of the claim that a token takes. The case of a token does not matter. */
export function clientTokenClaim(
  { space, operatorId }: OpenedBase,
  clientToken: string,
): { readonly scope: string; readonly key: string } {
  return { scope: `${space.id}.${operatorId}`, key: clientToken.toLowerCase() };
}
