import { setImmediate as nextTurn } from "node:timers/promises";

/** Takes some ten milliseconds, with the work that a record needs. */
const itemsPerTurn = 4000;

/** Visits the items in their order, with a turn of the event loop after each few thousand. */
export async function visitInTurns<Item>(
  items: readonly Item[],
  visit: (item: Item, index: number) => void,
): Promise<void> {
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % itemsPerTurn === 0) await nextTurn();
    visit(item, index);
  }
}
