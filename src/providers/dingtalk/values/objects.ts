import { roundedIn } from "../../../json/rounded.js";
import { isJsonArray, isJsonObject, type JsonValue } from "../../../json/value.js";

export function toSheetText(value: JsonValue): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function toSheetBoolean(value: JsonValue): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** `[{"unionId": ".."}]` and the like: other members are not kept. */
export function listOfObjects(member: string): (value: JsonValue) => JsonValue | undefined {
  return (value) => toList(value, (element) => pickTexts(element, [member], isNotEmpty));
}

/** `{"markdown": ".."}` and the like. */
export function objectOf(...members: readonly string[]): (value: JsonValue) => JsonValue | undefined {
  return (value) => pickTexts(value, members, () => true);
}

export function toLinkedRecords(value: JsonValue): JsonValue | undefined {
  const ids = isJsonObject(value) ? value["linkedRecordIds"] : undefined;
  const linkedRecordIds = toList(ids, (id) => (typeof id === "string" && isNotEmpty(id) ? id : undefined));
  return linkedRecordIds && { linkedRecordIds };
}

/** Written with the MIME type and the uploaded resource, read with the short type and without it. */
export function toAttachments(value: JsonValue): JsonValue | undefined {
  return toList(value, (element) => {
    const texts = pickTexts(element, ["filename", "type", "url", "resourceId"], isNotEmpty);
    const size = isJsonObject(element) ? element["size"] : undefined;
    if (texts === undefined || !isSize(size) || isRounded(element, "size") || !mimeType.test(texts["type"])) return undefined;
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

/** `xls` of `report.XLS`; of a name without ending, what the MIME type ends in. */
function shortType(filename: string, type: string): string {
  const ending = /[^.]\.([0-9A-Za-z]{1,16})$/.exec(filename)?.[1] ?? /[^./+ ;]+(?=$|[+ ;])/.exec(type.slice(type.indexOf("/") + 1))?.[0];
  return (ending ?? type).toLowerCase();
}

function isNotEmpty(text: string): boolean {
  return text !== "";
}

export function toList<Read extends JsonValue>(value: JsonValue | undefined, read: (element: JsonValue) => Read | undefined): readonly Read[] | undefined {
  if (!isJsonArray(value)) return undefined;
  const list: Read[] = [];
  for (const element of value) {
    const taken = read(element);
    if (taken === undefined) return undefined;
    list.push(taken);
  }
  return list;
}

/** The members as an object of their own; undefined when one is no text or not a good one. */
function pickTexts<Member extends string>(value: JsonValue, members: readonly Member[], isGood: (text: string) => boolean): Readonly<Record<Member, string>> | undefined {
  if (!isJsonObject(value)) return undefined;
  const texts = members.flatMap((member): [Member, string][] => {
    const text = value[member];
    return typeof text === "string" && isGood(text) ? [[member, text]] : [];
  });
  // All of the members are there.
  return texts.length === members.length ? (Object.fromEntries(texts) as Record<Member, string>) : undefined;
}
