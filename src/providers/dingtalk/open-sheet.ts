import { refusal } from "../../contract/failures.js";
import { findUnstorableText } from "../../contract/storable.js";
import type { Collection, Space } from "../../core/collection.js";
import type { Store } from "../../core/store.js";
import { readBase, rightsOf, type Base } from "./base.js";
import { providerId } from "./dialect.js";
import { showText } from "./text.js";

export interface Wanted {
  readonly baseId: string;
  readonly sheetIdOrName: string;
  readonly operatorId: string;
  /** Comes after the operator is known to exist. @throws Refusal */
  readonly checkToken: () => void;
}

/** A sheet that the operator may write to. */
export interface OpenedSheet {
  readonly space: Space;
  readonly base: Base;
  readonly operatorId: string;
  readonly collection: Collection;
}

/** Everything between the form of the request and the values, in the contract's order. @throws Refusal */
export async function openSheet({ collections }: Store, { baseId, sheetIdOrName, operatorId, checkToken }: Wanted): Promise<OpenedSheet> {
  const { space, collection } = await collections.locate(providerId, askable(baseId), askable(sheetIdOrName));
  const base = space && readBase(space.definition);
  const rights = base && rightsOf(base, operatorId);
  if (rights === undefined && !(await isKnownElsewhere(collections, operatorId))) throw refusal("operator-unknown");
  checkToken();
  if (space === undefined || base === undefined || rights === undefined || rights === "none") throw refusal("document-not-found");
  if (base.documentType !== "notable") throw refusal("document-type-illegal", { problem: `the document type '${showText(base.documentType)}' is not supported` });
  if (base.state === "initializing") throw refusal("document-initializing");
  if (base.state === "broken") throw refusal("document-broken");
  if (rights !== "edit") throw refusal("operation-illegal", { problem: "the operator may read the document, not edit it" });
  if (collection === undefined) throw refusal("resource-not-found", { problem: `the sheet '${showText(sheetIdOrName)}' does not exist` });
  return { space, base, operatorId, collection };
}

/** The database cannot be asked for every text; nothing has such a name, nor the empty one. */
function askable(name: string): string {
  return findUnstorableText(name) === undefined ? name : "";
}

/** There is no list of people here: an operator exists when some base says what he may do. */
async function isKnownElsewhere(collections: Store["collections"], operatorId: string): Promise<boolean> {
  return findUnstorableText(operatorId) === undefined && (await collections.anySpaceHas(providerId, ["operators", operatorId]));
}
