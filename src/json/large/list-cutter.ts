import { deepest, JsonSyntaxError } from "../parse.js";
import { backslash, closeBrace, closeBracket, comma, openBrace, openBracket, quoteByte } from "../syntax.js";

/** Stands for the start of an object among the starts of lists. */
const noList = -1;

/** A part of the text that has not been cut away, or what stands in the place of a slice. */
type Kept = { readonly from: number; readonly to: number } | string;

interface CutOptions {
  /** The least size of a slice. */
  readonly sliceBytes: number;
  /** The JSON text of one element, which takes the place of a slice. */
  readonly placeholder: (slice: number) => string;
}

/** 1 for the bytes that decide about the places where no slice is full: commas do not. */
const decides = new Uint8Array(256);
for (const byte of [quoteByte, openBracket, closeBracket, openBrace, closeBrace]) decides[byte] = 1;

const byteOrderMark = [0xef, 0xbb, 0xbf];
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Cuts slices of elements out of the lists of a JSON text, at any depth. Strings and brackets alone decide about the
 * places: the slices and the rest are valid JSON exactly when the text is. Throws `JsonSyntaxError` for brackets that do
 * not match or nest too deeply, and for bytes that are not UTF-8.
 */
export class ListCutter {
  readonly #bytes: Uint8Array;
  readonly #options: CutOptions;
  readonly #kept: Kept[] = [];
  #keptTo: number;
  #slices = 0;
  #cutBytes = 0;
  /** Behind the last slice. */
  #at: number;
  #depth = 0;
  /** Where the open list has the elements of a slice. */
  #fullAt = Infinity;
  // Of each open container: the start of the first element that was not cut away, `#kept.length` and `#cutBytes` then.
  readonly #starts = new Float64Array(deepest + 1).fill(noList);
  readonly #keptBefore = new Float64Array(deepest + 1);
  readonly #cutBefore = new Float64Array(deepest + 1);

  constructor(bytes: Uint8Array, options: CutOptions) {
    this.#bytes = bytes;
    this.#options = options;
    this.#at = byteOrderMark.every((byte, index) => bytes[index] === byte) ? byteOrderMark.length : 0;
    this.#keptTo = this.#at;
  }

  /** The elements of the next slice as the text of a list; undefined when the rest is smaller. */
  next(): string | undefined {
    const bytes = this.#bytes;
    for (let at = this.#at; at < bytes.length; at += 1) {
      at = nextDecisive(bytes, at, this.#fullAt);
      const byte = bytes[at];
      if (byte === quoteByte) at = closingQuote(bytes, at);
      else if (byte === comma) {
        if (at >= this.#fullAt) return this.#cut(at);
      } else if (byte === openBracket) this.#open(at + 1);
      else if (byte === openBrace) this.#open(noList);
      else if (byte === closeBracket || byte === closeBrace) this.#close(byte === closeBracket);
    }
    this.#at = bytes.length;
    return undefined;
  }

  /** The text with placeholders, once `next` has answered undefined. */
  rest(): string {
    this.#keep(this.#bytes.length);
    return this.#textOf(this.#kept);
  }

  #open(start: number): void {
    if (this.#depth === deepest) throw new JsonSyntaxError("the text nests too deeply");
    this.#depth += 1;
    this.#begin(start);
  }

  #begin(start: number): void {
    this.#starts[this.#depth] = start;
    this.#keptBefore[this.#depth] = this.#kept.length;
    this.#cutBefore[this.#depth] = this.#cutBytes;
    this.#measure();
  }

  #close(isList: boolean): void {
    if (this.#depth === 0 || (this.#starts[this.#depth] !== noList) !== isList)
      throw new JsonSyntaxError("the brackets of the text do not match");
    this.#depth -= 1;
    this.#measure();
  }

  /** Counts what is left of the elements: the slices of inner lists have been cut away. */
  #measure(): void {
    const start = this.#starts[this.#depth] ?? noList;
    const cut = this.#cutBytes - (this.#cutBefore[this.#depth] ?? 0);
    this.#fullAt = start === noList ? Infinity : start + cut + this.#options.sliceBytes;
  }

  /** Cuts at the comma, which stays. */
  #cut(at: number): string {
    const start = this.#starts[this.#depth] ?? 0;
    this.#keep(at);
    const [first, ...others] = this.#kept.splice(this.#keptBefore[this.#depth] ?? 0);
    if (first === undefined || typeof first === "string") throw new Error("a slice does not begin with its own text");
    if (first.from < start) this.#kept.push({ from: first.from, to: start });
    const text = this.#textOf([{ from: start, to: first.to }, ...others]);
    this.#kept.push(this.#options.placeholder(this.#slices));
    this.#slices += 1;
    this.#cutBytes = (this.#cutBefore[this.#depth] ?? 0) + at - start;
    this.#begin(at + 1);
    this.#at = at + 1;
    return `[${text}]`;
  }

  #keep(to: number): void {
    this.#kept.push({ from: this.#keptTo, to });
    this.#keptTo = to;
  }

  #textOf(kept: readonly Kept[]): string {
    try {
      return kept
        .map((part) => (typeof part === "string" ? part : decoder.decode(this.#bytes.subarray(part.from, part.to))))
        .join("");
    } catch (cause) {
      throw new JsonSyntaxError("the text is not valid UTF-8", { cause });
    }
  }
}

/** The first byte at or behind `from` that decides, or any byte at or behind `fullAt`. */
function nextDecisive(bytes: Uint8Array, from: number, fullAt: number): number {
  const end = Math.min(fullAt, bytes.length);
  let at = from;
  while (at < end && decides[bytes[at] ?? 0] === 0) at += 1;
  return at;
}

/** The end of the text for a string without a closing quote. */
function closingQuote(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== quoteByte) at += bytes[at] === backslash ? 2 : 1;
  return at;
}
