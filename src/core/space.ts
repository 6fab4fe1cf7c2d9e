import type { JsonObject } from "../json/value.js";
import type { VisibleSpaces } from "./access/visibility.js";
import type { Space } from "./collection.js";
import type { Page, PageRequest } from "./page.js";

/** Spaces without regard to their collections. Throws `StoreUnavailableError`, and nothing else on purpose. */
export interface SpaceStore {
  /**
   * A space that exists stays as it is.
   * @param max the number of spaces of the provider, the new one included; without it there is no limit
   */
  createSpace(space: Omit<Space, "id">, max?: number): Promise<"created" | "exists" | "full">;
  /**
   * Replaces the definition, unless the space was deleted, has another definition than the one that was read, or has a
   * collection of the name that the new definition takes.
   */
  changeSpace(
    space: Pick<Space, "id" | "definition">,
    definition: JsonObject,
    taken?: string,
  ): Promise<"stored" | "stale">;
  /** Deletes a space without collections. */
  deleteSpace(id: string): Promise<"deleted" | "absent" | "in-use">;
  /** In the order of the names' code points. */
  listSpaces(visible: VisibleSpaces, page: PageRequest): Promise<Page<Space>>;
}
