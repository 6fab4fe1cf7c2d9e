import type { Provider } from "../../src/contract/provider.js";
import type { JsonObject } from "../../src/json/value.js";
import type { Store } from "../../src/core/store.js";

/** Saves the credentials of a definition and ignores the rest of it. */
export async function grantAccess(
  { credentials }: Store,
  { id, collections: { access } }: Provider,
  definition: JsonObject,
): Promise<void> {
  if (access === undefined) return;
  const secrets = Object.entries(definition).filter(([name]) => Object.hasOwn(access.members.shape, name));
  const members = access.members.parse(Object.fromEntries(secrets));
  for (const credential of access.toCredentials(members, definition))
    await credentials.saveCredential({ provider: id, ...credential });
}
