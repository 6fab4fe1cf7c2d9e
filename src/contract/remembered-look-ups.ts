import type { LocatedCollection, Space } from "../core/collection.js";
import type { Soon } from "../core/soon.js";
import { RecentMap } from "../core/recent-map.js";

/** The look-ups that an attempt to write makes. */
export interface CollectionLookUps {
  locate(space: string, collection: string): Soon<LocatedCollection>;
  findSpace(members: Readonly<Record<string, string>>): Promise<Space | undefined>;
  anySpaceHas(path: readonly string[]): Promise<boolean>;
}

/** Two look-ups of an attempt met different versions of one space. */
export class MixedStatesError extends Error {
  constructor(space: string) {
    super(`the space ${space} changed between two look-ups`);
    this.name = "MixedStatesError";
  }
}

const maxLookUps = 256;

/**
 * What the latest look-ups of spaces and collections for the writes of one provider have answered. A write names the
 * versions of both, so it never meets another state than the remembered one.
 */
export type LookUpMemory = RecentMap<LocatedCollection>;

export function createLookUpMemory(): LookUpMemory {
  return new RecentMap(maxLookUps);
}

/** The look-ups of one request, from which each of its attempts to write takes its own. */
export class RememberedLookUps {
  readonly memory: LookUpMemory;
  readonly store: CollectionLookUps;
  readonly sees: (space: string) => boolean;

  /** @param sees whether the caller sees a space of the name: what others have read is not remembered for all */
  constructor(memory: LookUpMemory, store: CollectionLookUps, sees: (space: string) => boolean) {
    this.memory = memory;
    this.store = store;
    this.sees = sees;
  }

  /** Look-ups that read the store for what is not remembered. */
  fromMemory(): AttemptedLookUps {
    return new AttemptedLookUps(this, true);
  }

  /** Look-ups that read the store. */
  afresh(): AttemptedLookUps {
    return new AttemptedLookUps(this, false);
  }
}

/** The look-ups of one attempt to write. */
export class AttemptedLookUps implements CollectionLookUps {
  readonly #request: RememberedLookUps;
  readonly #readsMemory: boolean;
  /** The states in which spaces were found. */
  readonly #states: { readonly space: string; readonly version: number | undefined }[] = [];
  #usesMemory = false;

  constructor(request: RememberedLookUps, readsMemory: boolean) {
    this.#request = request;
    this.#readsMemory = readsMemory;
  }

  /** Whether an answer was a remembered one, which only the statement of the write verifies. */
  get usesMemory(): boolean {
    return this.#usesMemory;
  }

  /** @throws MixedStatesError */
  locate(space: string, collection: string): Soon<LocatedCollection> {
    const known = this.#recall(space, collection);
    if (known !== undefined) return this.#meet(space, known);
    return this.#read(space, collection).then((found) => this.#meet(space, found));
  }

  #meet(space: string, found: LocatedCollection): LocatedCollection {
    const version = found.spaceVersion;
    const met = this.#states.find((state) => state.space === space);
    if (met === undefined) this.#states.push({ space, version });
    else if (met.version !== version) throw new MixedStatesError(space);
    return found;
  }

  findSpace(members: Readonly<Record<string, string>>): Promise<Space | undefined> {
    return this.#request.store.findSpace(members);
  }

  anySpaceHas(path: readonly string[]): Promise<boolean> {
    return this.#request.store.anySpaceHas(path);
  }

  #recall(space: string, collection: string): LocatedCollection | undefined {
    const { memory, sees } = this.#request;
    const known = this.#readsMemory && sees(space) ? memory.get(nameOf(space, collection)) : undefined;
    this.#usesMemory ||= known !== undefined;
    return known;
  }

  async #read(space: string, collection: string): Promise<LocatedCollection> {
    const { memory, store, sees } = this.#request;
    const found = await store.locate(space, collection);
    if (!sees(space)) return found;
    if (found.space === undefined) memory.delete(nameOf(space, collection));
    else memory.set(nameOf(space, collection), found);
    return found;
  }
}

/** Different pairs have different names. */
function nameOf(space: string, collection: string): string {
  return `${space.length}:${space}${collection}`;
}
