import { RefusalError } from "./failures/failure-row.js";
import type { ProviderCollections, ProviderStore } from "./provider-store.js";
import { MixedStatesError, type AttemptedLookUps } from "./remembered-look-ups.js";
import { repeatWhileStale, type StaleOptions } from "./repeat-while-stale.js";

/**
 * Repeats an attempt to locate a collection, check records against it and write them, until the write meets the state
 * that was read. The attempt answers undefined for a stale state, and a result only when the store has stored
 * something for it, or nothing was left to store. The first attempt may get a remembered state: a refusal that rests on
 * it is not given, the attempt is made again with a fresh look.
 * @throws RefusalError
 */
export async function writeLocated<Done>(
  { collections, remembered }: Pick<ProviderStore, "collections" | "remembered">,
  attempt: (collections: ProviderCollections) => Promise<Done | undefined>,
  { attempts, refuse }: StaleOptions,
): Promise<Done> {
  const attemptWith = ({ locate, usesMemory }: AttemptedLookUps) =>
    attempt({ ...collections, locate }).catch((error: unknown) => {
      if (error instanceof MixedStatesError || (usesMemory() && error instanceof RefusalError)) return undefined;
      throw error;
    });
  const first = remembered.fromMemory();
  const done = await attemptWith(first);
  if (done !== undefined) return done;
  const left = first.usesMemory() ? attempts : attempts - 1;
  return repeatWhileStale(() => attemptWith(remembered.afresh()), { attempts: left, refuse });
}
