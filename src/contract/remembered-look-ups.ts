import type { LocatedCollection } from "../core/collection.js";
import { RecentMap } from "../core/recent-map.js";

type Locate = (space: string, collection: string) => Promise<LocatedCollection>;

/** Two look-ups of an attempt met different versions of one space. */
export class MixedStatesError extends Error {
  constructor(space: string) {
    super(`the space ${space} changed between two look-ups`);
    this.name = "MixedStatesError";
  }
}

/** The look-ups of one attempt to write. */
export interface AttemptedLookUps {
  readonly locate: Locate;
  /** Whether an answer was a remembered one, which only the statement of the write verifies. */
  readonly usesMemory: () => boolean;
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

/** The look-ups of one request. */
export class RememberedLookUps {
  readonly #memory: LookUpMemory;
  readonly #locate: Locate;
  readonly #sees: (space: string) => boolean;

  /** @param sees whether the caller sees a space of the name: what others have read is not remembered for all */
  constructor(memory: LookUpMemory, locate: Locate, sees: (space: string) => boolean) {
    this.#memory = memory;
    this.#locate = locate;
    this.#sees = sees;
  }

  /** Look-ups that read the store for what is not remembered. They throw MixedStatesError. */
  fromMemory(): AttemptedLookUps {
    let used = false;
    const locate: Locate = async (space, collection) => {
      const known = this.#sees(space) ? this.#memory.get(nameOf(space, collection)) : undefined;
      used ||= known !== undefined;
      return known ?? this.#read(space, collection);
    };
    return { locate: inOneState(locate), usesMemory: () => used };
  }

  /** Look-ups that read the store. They throw MixedStatesError. */
  afresh(): AttemptedLookUps {
    return { locate: inOneState((space, collection) => this.#read(space, collection)), usesMemory: () => false };
  }

  async #read(space: string, collection: string): Promise<LocatedCollection> {
    const found = await this.#locate(space, collection);
    if (!this.#sees(space)) return found;
    if (found.space === undefined) this.#memory.delete(nameOf(space, collection));
    else this.#memory.set(nameOf(space, collection), found);
    return found;
  }
}

function inOneState(locate: Locate): Locate {
  const versions = new Map<string, number | undefined>();
  return async (space, collection) => {
    const found = await locate(space, collection);
    if (versions.has(space) && versions.get(space) !== found.spaceVersion) throw new MixedStatesError(space);
    versions.set(space, found.spaceVersion);
    return found;
  };
}

/** Different pairs have different names. */
function nameOf(space: string, collection: string): string {
  return `${space.length}:${space}${collection}`;
}
