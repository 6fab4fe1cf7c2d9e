import { readParameter } from "../../../contract/message.js";
import type { CollectionLookUps } from "../../../contract/remembered-look-ups.js";
import type { ServiceCall } from "../../../contract/service.js";
import { quoteText } from "../../../json/quote.js";
import type { Collection, Space } from "../../../core/collection.js";
import { readBase, rightsOf, type Base } from "./base.js";
import { dingtalkFailures } from "../failures.js";

/** A call of an endpoint below a base, or below one of its sheets. */
export interface BaseCall extends Pick<ServiceCall<unknown>, "query"> {
  readonly path: { readonly baseId: string; readonly sheetIdOrName?: string };
}

export interface SheetCall extends BaseCall {
  readonly path: { readonly baseId: string; readonly sheetIdOrName: string };
}

interface OpenRequest<Call extends BaseCall> {
  readonly call: Call;
  /** The right that the operator needs; `edit` includes `read`. */
  readonly right: "edit" | "read";
  /** Runs after the operator is known to exist. @throws RefusalError */
  readonly checkToken?: () => void;
}

/** A base in which the operator has the required right. */
export interface OpenedBase {
  readonly space: Space;
  readonly base: Base;
  readonly operatorId: string;
}

export interface OpenedSheet extends OpenedBase {
  readonly collection: Collection;
}

/**
 * Runs every check between the form of the request and the sheet, in the order of the contract.
 * @throws RefusalError
 */
export async function openBase(
  collections: CollectionLookUps,
  wanted: OpenRequest<BaseCall>,
): Promise<OpenedBase & { readonly collection?: Collection }> {
  const {
    call: { path, query },
    right,
    checkToken,
  } = wanted;
  const { baseId, sheetIdOrName = "" } = path;
  const operatorId = readParameter(query, "operatorId") ?? "";
  const { space, collection } = await collections.locate(baseId, sheetIdOrName);
  const base = space && readBase(space.definition);
  const rights = base && rightsOf(base, operatorId);
  if (rights === undefined && !(await isKnownElsewhere(collections, operatorId)))
    throw dingtalkFailures.refuse("operator-unknown");
  checkToken?.();
  if (space === undefined || base === undefined || rights === undefined || rights === "none")
    throw dingtalkFailures.refuse("document-not-found");
  if (base.documentType !== "notable")
    throw dingtalkFailures.refuse("document-type-illegal", {
      problem: `the document type '${quoteText(base.documentType)}' is not supported`,
    });
  if (base.state === "initializing") throw dingtalkFailures.refuse("document-initializing");
  if (base.state === "broken") throw dingtalkFailures.refuse("document-broken");
  if (right === "edit" && rights !== "edit")
    throw dingtalkFailures.refuse("operation-illegal", { problem: "the operator may read the document, not edit it" });
  return { space, base, operatorId, collection };
}

/**
 * Runs every check between the form of the request and the content of the sheet, in the order of the contract.
 * @throws RefusalError
 */
export async function openSheet(collections: CollectionLookUps, wanted: OpenRequest<SheetCall>): Promise<OpenedSheet> {
  const { collection, ...base } = await openBase(collections, wanted);
  if (collection === undefined)
    throw dingtalkFailures.refuse("resource-not-found", {
      problem: `the sheet '${quoteText(wanted.call.path.sheetIdOrName)}' does not exist`,
    });
  return { ...base, collection };
}

/** The store has no list of people: an operator exists when the definition of any base lists it. */
function isKnownElsewhere(collections: CollectionLookUps, operatorId: string): Promise<boolean> {
  return collections.anySpaceHas(["operators", operatorId]);
}
