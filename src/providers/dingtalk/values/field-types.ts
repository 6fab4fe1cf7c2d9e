import type { JsonValue } from "../../../json/value.js";
import { toChoice, toChoices, type Choices } from "./choices.js";
import { toTimestamp } from "./dates.js";
import { toCountText, toDecimalText } from "./numbers.js";
import { listOfObjects, objectOf, toAttachments, toSheetBoolean, toLinkedRecords, toSheetText } from "./objects.js";

/** The value as it is read back; undefined when the field does not take it. */
export type ReadValue = (value: JsonValue, choices: Choices) => JsonValue | undefined;

/** What can be written to a field of the type. */
export const sheetFieldReaders = {
  text: toSheetText,
  number: toDecimalText,
  currency: toDecimalText,
  singleSelect: toChoice,
  multipleSelect: toChoices,
  date: toTimestamp,
  user: listOfObjects("unionId"),
  department: listOfObjects("deptId"),
  attachment: toAttachments,
  unidirectionalLink: toLinkedRecords,
  bidirectionalLink: toLinkedRecords,
  url: objectOf("text", "link"),
  primaryDoc: toSheetText,
  progress: toDecimalText,
  rating: toCountText,
  checkbox: toSheetBoolean,
  telephone: toSheetText,
  email: toSheetText,
  barcode: toSheetText,
  address: toSheetText,
  group: listOfObjects("openConversationId"),
  richText: objectOf("markdown"),
  idCard: toSheetText,
  /** The id of an option. */
  flow: toSheetText,
} as const satisfies Record<string, ReadValue>;

const wholeTypes: ReadonlySet<string> = new Set<keyof typeof sheetFieldReaders>(["date", "rating"]);

/** Whether a number that the field takes is a whole one. */
export function isWhole(type: SheetFieldType): boolean {
  return wholeTypes.has(type);
}

/** `ai` stands for the fields that a model fills in: the contract does not name their types. */
const readOnlyTypes = ["creator", "lastModifier", "createdTime", "lastModifiedTime", "formula", "lookup", "autonumber", "button", "ai"] as const;

export type WritableType = keyof typeof sheetFieldReaders;
export type SheetFieldType = WritableType | (typeof readOnlyTypes)[number];

// `keys` answers texts; these are the table's own.
export const sheetFieldTypes: readonly SheetFieldType[] = [...(Object.keys(sheetFieldReaders) as WritableType[]), ...readOnlyTypes];

export function isWritable(type: SheetFieldType): type is WritableType {
  return Object.hasOwn(sheetFieldReaders, type);
}
