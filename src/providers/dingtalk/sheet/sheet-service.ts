import type { CallOf, ServiceReply } from "../../../contract/service.js";
import { quoteText } from "../../../json/quote.js";
import type { Collection } from "../../../core/collection.js";
import { completeSheet, orRefuse, refuseArgument } from "./new-sheet.js";
import { openBase, type BaseCall } from "./open-sheet.js";
import type { createSheetContract } from "./sheet-contracts.js";
import { succeed, type Context } from "../service-context.js";

export async function listSheets({ store }: Context, call: BaseCall): Promise<ServiceReply> {
  const { space } = await openBase(store.collections, { call, right: "read" });
  const sheets = await allSheets(store, space.name);
  return succeed({ value: sheets.map(({ name, definition }) => ({ id: name, name: definition["name"] ?? "" })) });
}

/** Sheets per statement. */
const sheetsAtOnce = 500;

async function allSheets(store: Context["store"], baseId: string, after?: string): Promise<readonly Collection[]> {
  const { items, keys, hasNextPage } = await store.collections.listCollections(
    { space: baseId },
    { first: sheetsAtOnce, after },
  );
  return hasNextPage ? [...items, ...(await allSheets(store, baseId, keys.at(-1)))] : items;
}

/** Default name of sheets and title fields, as in the product. */
const usualName = "数据表";
const usualFields = [{ name: "标题", type: "text" }] as const;

/** The first field is the title of a record. */
export async function createSheet(context: Context, call: CallOf<typeof createSheetContract>): Promise<ServiceReply> {
  const { store, ids } = context;
  const { space } = await openBase(store.collections, { call, right: "edit" });
  const { name, fields = [] } = call.body;
  const sheetFields = (fields.length === 0 ? usualFields : fields).map((field, index) =>
    index === 0 ? { ...field, primary: true } : field,
  );
  const create = async (sheetName: string): Promise<Collection | undefined> => {
    const sheet = orRefuse(() => completeSheet({ baseId: space.name, name: sheetName, fields: sheetFields }, ids, []));
    const { created, collection } = await store.collections.createCollection({
      space: { name: space.name, definition: {} },
      ...sheet,
    });
    return created ? collection : undefined;
  };
  const collection =
    name === undefined ? await createUnnamed(create, (await allSheets(store, space.name)).length) : await create(name);
  if (collection === undefined)
    throw refuseArgument("name", "unique", `the sheet '${quoteText(name ?? "")}' exists already`);
  return succeed({ id: collection.name, name: collection.definition["name"] ?? "" });
}

/** Numbers the default name, starting at `count`, up to the first number that is free. */
async function createUnnamed(
  create: (name: string) => Promise<Collection | undefined>,
  count: number,
): Promise<Collection> {
  for (let number = count + 1; ; number += 1) {
    const collection = await create(`${usualName}${number}`);
    if (collection !== undefined) return collection;
  }
}
