import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../../src/json/parse.js";
import { showValue } from "../../../../src/json/stringify.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../../src/json/value.js";
import { type sheetFieldReaders } from "../../../../src/providers/dingtalk/values/field-types.js";
import { readValue, refusalOf, sheetWith } from "./reading.js";

const numRuns = 1000;

/** A value as sent and as read back. */
type Pair = readonly [sent: JsonValue, read: JsonValue];

interface Kind {
  readonly accepted: fc.Arbitrary<Pair>;
  /** Whether a value is in the documented read form of the type. */
  readonly isReadForm: (value: JsonValue) => boolean;
  readonly property?: JsonObject;
}

/** Text that the database can store. */
const text = fc.string({ unit: "grapheme" }).filter((each) => !each.includes("\0") && each.isWellFormed());
const name = text.filter((each) => each !== "");
const same = <T extends JsonValue>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Pair> =>
  arbitrary.map((value) => [value, value]);
const isText = (value: JsonValue): boolean => typeof value === "string";
const isDecimal = (value: JsonValue): boolean =>
  typeof value === "string" && /^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9])$/.test(value);
const hasOnly = (value: JsonValue, keys: readonly string[]): boolean =>
  isJsonObject(value) && keys.every((key) => isText(value[key] ?? null)) && Object.keys(value).length === keys.length;
const isListOf = (value: JsonValue, ...keys: readonly string[]): boolean =>
  isJsonArray(value) && value.every((each) => hasOnly(each, keys));

const texts: Kind = { accepted: same(text), isReadForm: isText };

const integers = fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }).map((integer): Pair[] => [
  [parseJson(String(integer)), String(integer)],
  [String(integer), String(integer)],
  [`${integer}.000`, String(integer)],
]);
const doubles = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number): Pair[] => {
  const [plain = ""] = [readValue(sheetWith("number"), number)].map(showValue);
  if (Number(plain) !== number + 0) throw new Error(`${number} is read as ${plain}`);
  // A text has the digits of the shortest decimal, the double of a whole number below 2^64 all of its own.
  const [spelled = ""] = [readValue(sheetWith("number"), String(number))].map(showValue);
  if (Number(spelled) !== number + 0) throw new Error(`${String(number)} is read as ${spelled}`);
  return [
    [number, plain],
    [String(number), spelled],
    [number.toExponential(), spelled],
  ];
});
const numbers: Kind = {
  accepted: fc.oneof(integers, doubles).chain((pairs) => fc.constantFrom(...pairs)),
  isReadForm: isDecimal,
};

const people = (key: string): Kind => ({
  accepted: fc
    .array(fc.record({ [key]: name }), { maxLength: 3 })
    .chain((read) => fc.constantFrom<Pair>([read, read], [read.map((each) => ({ ...each, more: 1 })), read])),
  isReadForm: (value) => isListOf(value, key),
});

const links: Kind = {
  accepted: same(fc.record({ linkedRecordIds: fc.array(name, { maxLength: 3 }) })),
  isReadForm: (value) =>
    isJsonObject(value) &&
    Object.keys(value).join() === "linkedRecordIds" &&
    isJsonArray(value["linkedRecordIds"]) &&
    value["linkedRecordIds"].every(isText),
};

const choices = [
  { id: "c1", name: "待办" },
  { id: "c2", name: "完成" },
  { id: "c3", name: "constructor" },
  { id: "c4", name: "__proto__" },
];
const choice = fc.constantFrom(...choices).map((each): Pair => [each.name, each]);
const isChoice = (value: JsonValue): boolean =>
  isJsonObject(value) && choices.some(({ id, name: own }) => value["id"] === id && value["name"] === own);

const attachment = fc
  .record({
    stem: name,
    size: fc.nat(),
    url: name,
    resourceId: name,
    ending: fc.constantFrom<[string, string]>(
      ["xls", "application/vnd.ms-excel"],
      ["png", "image/png"],
      ["PDF", "application/pdf; x=1"],
    ),
  })
  .map(({ stem, size, url, resourceId, ending: [ending, type] }) => {
    const filename = `${stem}x.${ending}`;
    return [
      { filename, size, type, url, resourceId },
      { filename, size, type: ending.toLowerCase(), url },
    ] as const;
  });

const zones: readonly (readonly [string, number])[] = [
  ["", 480],
  ["Z", 0],
  ["+08:00", 480],
  ["-0530", -330],
  ["+01", 60],
];
/** Excludes the years of Shanghai's summer time, until 1991: those are tested by example. */
const dates = fc
  .record({
    moment: fc.date({ min: new Date(Date.UTC(1992, 0, 2)), max: new Date(Date.UTC(9999, 0, 1)), noInvalidDate: true }),
    zone: fc.constantFrom(...zones),
    form: fc.nat({ max: 3 }),
  })
  .map(({ moment, zone: [zone, east], form }): Pair => {
    const iso = moment.toISOString();
    const written =
      [
        `${iso.slice(0, -1)}${zone}`,
        `${iso.slice(0, 19)}${zone}`,
        `${iso.slice(0, 16).replace("T", " ")}${zone}`,
        iso.slice(0, 10),
      ][form] ?? "";
    const precision = [1, 1000, 60_000, 86_400_000][form] ?? 1;
    return [written, Math.floor(moment.getTime() / precision) * precision - (form === 3 ? 480 : east) * 60_000];
  });

const kinds: Record<keyof typeof sheetFieldReaders, Kind> = {
  text: texts,
  number: numbers,
  currency: numbers,
  singleSelect: { accepted: choice, isReadForm: isChoice, property: { choices } },
  multipleSelect: {
    accepted: fc
      .array(choice, { maxLength: 4 })
      .map((pairs): Pair => [pairs.map(([sent]) => sent), pairs.map(([, read]) => read)]),
    isReadForm: (value) => isJsonArray(value) && value.every(isChoice),
    property: { choices },
  },
  date: {
    accepted: fc.oneof(dates, same(fc.integer({ min: -8.64e15, max: 8.64e15 }))),
    isReadForm: (value) => Number.isInteger(value),
  },
  user: people("unionId"),
  department: people("deptId"),
  attachment: {
    accepted: fc
      .array(attachment, { maxLength: 2 })
      .map((pairs): Pair => [pairs.map(([sent]) => sent), pairs.map(([, read]) => read)]),
    isReadForm: (value) =>
      isJsonArray(value) &&
      value.every((each) => isJsonObject(each) && Object.keys(each).sort().join() === "filename,size,type,url"),
  },
  unidirectionalLink: links,
  bidirectionalLink: links,
  url: { accepted: same(fc.record({ text, link: text })), isReadForm: (value) => hasOnly(value, ["text", "link"]) },
  primaryDoc: texts,
  progress: numbers,
  rating: {
    accepted: fc.nat().chain((count) => fc.constantFrom<Pair>([count, String(count)], [String(count), String(count)])),
    isReadForm: (value) => isDecimal(value) && /^\d+$/.test(showValue(value)),
  },
  checkbox: { accepted: same(fc.boolean()), isReadForm: (value) => typeof value === "boolean" },
  telephone: texts,
  email: texts,
  barcode: texts,
  address: texts,
  group: people("openConversationId"),
  richText: { accepted: same(fc.record({ markdown: text })), isReadForm: (value) => hasOnly(value, ["markdown"]) },
  idCard: texts,
  flow: texts,
};

/** Any value, and values that are almost valid for some type. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonValue),
  fc.constantFrom<JsonValue>(
    true,
    "",
    "plain",
    " 1",
    "1e400",
    "0x10",
    "1_000",
    -1,
    1.5,
    2n ** 70n,
    "2023-02-30",
    "2023-12-20T24:00",
    "2023-12-20 03:00+24:00",
    "NaN",
    "完成",
    ["完成", "x"],
  ),
  fc.constantFrom<JsonValue>(
    [],
    {},
    [{ id: "u1" }],
    ["unionId"],
    [{ unionId: "" }],
    [{ unionId: 1 }],
    [{ deptId: 1 }],
    { text: "x" },
    { markdown: 1 },
    { linkedRecordIds: [1] },
    { linkedRecordIds: null },
  ),
  fc.constantFrom<JsonValue>(
    [{ filename: "a.xls", size: -1, type: "a/b", url: "u", resourceId: "r" }],
    [{ filename: "a.xls", size: 1, type: "xls", url: "u", resourceId: "r" }],
    "a\0b",
    ["\ud800"],
    { text: "\0", link: "x" },
  ),
);

describe.each(Object.entries(kinds))("%s", (type, { accepted, isReadForm, property }) => {
  const sheet = sheetWith(type, property);

  it("reads an accepted value back in its read form", () => {
    fc.assert(
      fc.property(accepted, ([sent, read]) => {
        expect(readValue(sheet, sent)).toEqual(read);
      }),
      { numRuns },
    );
  });

  it("accepts any other value in its read form, or refuses it with record and field", () => {
    fc.assert(
      fc.property(anything, (value) => {
        const refused = refusalOf(sheet, [{}, { x: value }]);
        if (refused === undefined) {
          const read = readValue(sheet, value);
          expect(value === null ? read === undefined : read !== undefined && isReadForm(read)).toBe(true);
          return;
        }
        expect(refused).toMatchObject({ failure: "arguments-invalid", violations: [{ recordIndex: 1, field: "x" }] });
        expect(refused.parameters?.["problem"]).toMatch(/^the value '.*' is invalid for field 'x'/s);
      }),
      { numRuns },
    );
  });
});
