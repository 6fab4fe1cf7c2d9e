import type { JsonValue } from "../../../json/value.js";
import { toChoice, toChoices, type Choices } from "./choices.js";
import { toTimestamp } from "./dates.js";
import { toCountText, toDecimalText } from "./numbers.js";
import { listOfObjects, objectOf, toAttachments, toSheetBoolean, toLinkedRecords, toSheetText } from "./objects.js";

/** Converts a value to its read form; undefined when the field does not accept it. */
export type ReadValue = (value: JsonValue, choices: Choices) => JsonValue | undefined;

/** Readers of the writable types. A type without a reader is read-only. */
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
  /** A flow field stores the id of an option. */
  flow: toSheetText,
} as const satisfies Record<string, ReadValue>;

const numericTypes: ReadonlySet<string> = new Set<keyof typeof sheetFieldReaders>([
  "number",
  "currency",
  "progress",
  "rating",
  "date",
]);

/** Whether the type accepts numbers; its reader judges the text of one by its digits. */
export function isNumeric(type: SheetFieldType): boolean {
  return numericTypes.has(type);
}

/** The contract does not name the types of fields that a model fills in: `ai` covers them. */
const readOnlyTypes = [
  "creator",
  "lastModifier",
  "createdTime",
  "lastModifiedTime",
  "formula",
  "lookup",
  "autonumber",
  "button",
  "ai",
] as const;

export type WritableType = keyof typeof sheetFieldReaders;
export type SheetFieldType = WritableType | (typeof readOnlyTypes)[number];

// `Object.keys` types its result as texts; these are the keys of the table above.
export const sheetFieldTypes: readonly SheetFieldType[] = [
  ...(Object.keys(sheetFieldReaders) as WritableType[]),
  ...readOnlyTypes,
];

export function isWritable(type: SheetFieldType): type is WritableType {
  return Object.hasOwn(sheetFieldReaders, type);
}
