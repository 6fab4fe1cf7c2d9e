import { randomBytes } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { JsonSyntaxError, parseJsonBytes, parsePartOfLarge } from "../parse.js";
import { noteRounded, takeRounded } from "../rounded.js";
import type { JsonValue } from "../value.js";
import { isContainer } from "../write-exactly.js";
import { ListCutter } from "./list-cutter.js";

/** Smaller texts take a few milliseconds. As characters such a text has more than `parsePartOfLarge` expects. */
const minLargeBytes = 1_048_576;
/** Takes 2 to 40 milliseconds, the latter when every number has more digits than a double. */
const defaultSliceBytes = 262_144;

/** Random, so that a client cannot send a string that reads as a placeholder. */
const placeholderTag = randomBytes(12).toString("hex");

type Slices = readonly (readonly JsonValue[])[];

/**
 * As `parseJsonBytes`, with a turn of the event loop between slices of a large text. A text that is not JSON is read
 * once more in one piece, for the message names the place in the whole text.
 * @throws JsonSyntaxError for a small text; the promise of a large one rejects with it
 */
export function parseJsonInSlices(bytes: Uint8Array): JsonValue | Promise<JsonValue> {
  return bytes.byteLength < minLargeBytes ? parseJsonBytes(bytes) : parseLarge(bytes);
}

async function parseLarge(bytes: Uint8Array): Promise<JsonValue> {
  try {
    return await parseSlices(bytes, defaultSliceBytes);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return parseJsonBytes(bytes);
  }
}

/** With a turn of the event loop behind each slice. @throws JsonSyntaxError, whose message may say less */
export async function parseSlices(bytes: Uint8Array, sliceBytes: number): Promise<JsonValue> {
  const cutter = new ListCutter(bytes, { sliceBytes, placeholder: (slice) => `"${placeholderTag}${slice}"` });
  const slices: (readonly JsonValue[])[] = [];
  for (let text = cutter.next(); text !== undefined; text = cutter.next()) {
    const elements = parseHolding(text, slices);
    // Two commas may have nothing but space between them.
    if (!Array.isArray(elements) || elements.length === 0) throw new JsonSyntaxError("an element is missing");
    slices.push(elements as readonly JsonValue[]);
    await nextTurn();
  }
  return parseHolding(cutter.rest(), slices);
}

/** Parses a text and puts the slices into the places of their placeholders. */
function parseHolding(text: string, slices: Slices): JsonValue {
  const value = parsePartOfLarge(text);
  if (!text.includes(placeholderTag)) return value;
  const open = [value].filter(isContainer);
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    for (const member of Object.values(container)) if (isContainer(member)) open.push(member);
    // The parser has just built it.
    if (Array.isArray(container)) insertSlices(container as JsonValue[], slices);
  }
  return value;
}

function insertSlices(list: JsonValue[], slices: Slices): void {
  if (!list.some((element) => sliceAt(element, slices) !== undefined)) return;
  const rounded = takeRounded(list);
  for (const [index, element] of list.splice(0).entries()) {
    const slice = sliceAt(element, slices);
    if (slice === undefined) append(list, element, rounded?.get(index));
    else {
      const roundedElements = takeRounded(slice);
      for (const [place, value] of slice.entries()) append(list, value, roundedElements?.get(place));
    }
  }
}

function append(list: JsonValue[], value: JsonValue, written: string | undefined): void {
  if (written !== undefined) noteRounded(list, list.length, written);
  list.push(value);
}

function sliceAt(element: JsonValue, slices: Slices): readonly JsonValue[] | undefined {
  return typeof element === "string" && element.startsWith(placeholderTag)
    ? slices[Number(element.slice(placeholderTag.length))]
    : undefined;
}
