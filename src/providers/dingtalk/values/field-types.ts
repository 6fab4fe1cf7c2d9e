import type { JsonValue } from "../../../json/value.js";
import { toChoice, toChoices, type Choices } from "./choices.js";
import { toTimestamp } from "./dates.js";
import { toCountText, toDecimalText } from "./numbers.js";
import { listOf, objectOf, toAttachments, toBoolean, toLinkedRecords, toText } from "./objects.js";

/** The value as it is read back; undefined when the field does not take it. */
export type ReadValue = (value: JsonValue, choices: Choices) => JsonValue | undefined;

/** What can be written to a field of the type. */
export const readers = {
  text: toText,
  number: toDecimalText,
  currency: toDecimalText,
  singleSelect: toChoice,
  multipleSelect: toChoices,
  date: toTimestamp,
  user: listOf("unionId"),
  department: listOf("deptId"),
  attachment: toAttachments,
  unidirectionalLink: toLinkedRecords,
  bidirectionalLink: toLinkedRecords,
  url: objectOf("text", "link"),
  primaryDoc: toText,
  progress: toDecimalText,
  rating: toCountText,
  checkbox: toBoolean,
  telephone: toText,
  email: toText,
  barcode: toText,
  address: toText,
  group: listOf("openConversationId"),
  richText: objectOf("markdown"),
  idCard: toText,
  /** The id of an option. */
  flow: toText,
} as const satisfies Record<string, ReadValue>;

const wholeTypes: ReadonlySet<string> = new Set<keyof typeof readers>(["date", "rating"]);

/** Whether a number that the field takes is a whole one. */
export function isWhole(type: FieldType): boolean {
  return wholeTypes.has(type);
}

/** `ai` stands for the fields that a model fills in: the contract does not name their types. */
const readOnlyTypes = ["creator", "lastModifier", "createdTime", "lastModifiedTime", "formula", "lookup", "autonumber", "button", "ai"] as const;

export type WritableType = keyof typeof readers;
export type FieldType = WritableType | (typeof readOnlyTypes)[number];

// `keys` answers texts; these are the table's own.
export const fieldTypes: readonly FieldType[] = [...(Object.keys(readers) as WritableType[]), ...readOnlyTypes];

export function isWritable(type: FieldType): type is WritableType {
  return Object.hasOwn(readers, type);
}
