import { roundedIn } from "../../../json/rounded.js";
import { isJsonArray, isJsonObject, type JsonValue } from "../../../json/value.js";

export function toSheetText(value: JsonValue): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function toSheetBoolean(value: JsonValue): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** Reads `[{"unionId": "…"}]` and similar lists; other members are dropped. */
export function listOfObjects(member: string): (value: JsonValue) => JsonValue | undefined {
  return (value) => toList(value, (element) => pickTexts(element, [member], isNotEmpty));
}

/** Reads `{"markdown": "…"}` and similar objects. */
export function objectOf(...members: readonly string[]): (value: JsonValue) => JsonValue | undefined {
  return (value) => pickTexts(value, members, () => true);
}

export function toLinkedRecords(value: JsonValue): JsonValue | undefined {
  const ids = isJsonObject(value) ? value["linkedRecordIds"] : undefined;
  const linkedRecordIds = toList(ids, (id) => (typeof id === "string" && isNotEmpty(id) ? id : undefined));
  return linkedRecordIds && { linkedRecordIds };
}

/** Requests give the MIME type and the uploaded resource; the read form has the short type and no resource. */
export function toAttachments(value: JsonValue): JsonValue | undefined {
  return toList(value, (element) => {
    const texts = pickTexts(element, ["filename", "type", "url", "resourceId"], isNotEmpty);
    const size = isJsonObject(element) ? element["size"] : undefined;
    if (texts === undefined || !isSize(size) || isRounded(element, "size") || !mimeType.test(texts["type"]))
      return undefined;
    const { filename, type, url } = texts;
    return { filename, size, type: shortType(filename, type), url };
  });
}

const mimeType = /^[\w.+-]+\/[\w.+-]+(?: *;.*)?$/;

function isSize(value: JsonValue | undefined): value is number | bigint {
  return typeof value === "bigint" ? value >= 0n : Number.isInteger(value) && Number(value) >= 0;
}

function isRounded(value: JsonValue, member: string): boolean {
  return isJsonObject(value) && roundedIn(value)?.has(member) === true;
}

/**
 * The ending of the file name in lower case (`xls` for `report.XLS`); without an ending, the second part of the MIME
 * type.
 */
function shortType(filename: string, type: string): string {
  const ending =
    /[^.]\.([0-9A-Za-z]{1,16})$/.exec(filename)?.[1] ??
    /(?<![^./+ ;])[^./+ ;]+(?=$|[+ ;])/.exec(type.slice(type.indexOf("/") + 1))?.[0];
  return (ending ?? type).toLowerCase();
}

function isNotEmpty(text: string): boolean {
  return text !== "";
}

export function toList<Read extends JsonValue>(
  value: JsonValue | undefined,
  read: (element: JsonValue) => Read | undefined,
): readonly Read[] | undefined {
  if (!isJsonArray(value)) return undefined;
  const list: Read[] = [];
  for (const element of value) {
    const taken = read(element);
    if (taken === undefined) return undefined;
    list.push(taken);
  }
  return list;
}

/** The named members as a new object; undefined when a member is not a text or `isGood` refuses it. */
function pickTexts<Member extends string>(
  value: JsonValue,
  members: readonly Member[],
  isGood: (text: string) => boolean,
): Readonly<Record<Member, string>> | undefined {
  if (!isJsonObject(value)) return undefined;
  const texts = members.flatMap((member): [Member, string][] => {
    const text = value[member];
    return typeof text === "string" && isGood(text) ? [[member, text]] : [];
  });
  // The length proves that every member is present.
  return texts.length === members.length ? (Object.fromEntries(texts) as Record<Member, string>) : undefined;
}
