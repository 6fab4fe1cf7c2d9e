import { z } from "zod";

const storageKey = "recordgate:created-collections";
const maxRemembered = 10;
const storedIds = z.array(z.string());

/** The ids of the collections that the page has created in this browser. */
export interface CreatedCollections {
  /** The newest first. Deleted ones are among them. */
  readonly list: () => readonly string[];
  readonly add: (id: string) => void;
}

/** The part of the browser's `localStorage` that is used here. */
interface TextStorage {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, text: string) => void;
}

/** Keeps the last ten beside the tabs, which GraphiQL stores in the browser, too. */
export function createCreatedCollections(storage: TextStorage): CreatedCollections {
  const list = (): readonly string[] => readIds(storage.getItem(storageKey) ?? "[]");
  return {
    list,
    add: (id) => storage.setItem(storageKey, JSON.stringify([id, ...list()].slice(0, maxRemembered))),
  };
}

function readIds(text: string): readonly string[] {
  try {
    return storedIds.parse(JSON.parse(text));
  } catch {
    return [];
  }
}
