import { RefusalError } from "./failures/failure-row.js";
import type { ProviderStore } from "./provider-store.js";
import { MixedStatesError, type AttemptedLookUps, type CollectionLookUps } from "./remembered-look-ups.js";
import { repeatWhileStale, type StaleOptions } from "./repeat-while-stale.js";

/**
 * Repeats an attempt to locate a collection, check records against it and write them, until the write meets the state
 * that was read. The attempt answers undefined for a stale state, and a result only when the store has stored
 * something for it, or nothing was left to store. The first attempt may get a remembered state: a refusal that rests on
 * it is not given, the attempt is made again with a fresh look.
 * @throws RefusalError
 */
export async function writeLocated<Done>(
  { remembered }: Pick<ProviderStore, "remembered">,
  attempt: (collections: CollectionLookUps) => Promise<Done | undefined>,
  { attempts, refuse }: StaleOptions,
): Promise<Done> {
  const attemptWith = async (lookUps: AttemptedLookUps): Promise<Done | undefined> => {
    try {
      return await attempt(lookUps);
    } catch (error) {
      if (error instanceof MixedStatesError || (lookUps.usesMemory && error instanceof RefusalError)) return undefined;
      throw error;
    }
  };
  const first = remembered.fromMemory();
  const done = await attemptWith(first);
  if (done !== undefined) return done;
  const left = first.usesMemory ? attempts : attempts - 1;
  return repeatWhileStale(() => attemptWith(remembered.afresh()), { attempts: left, refuse });
}
