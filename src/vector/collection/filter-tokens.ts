import { shorten } from "../../json/quote.js";

/** The filter is outside of the served grammar. The message goes to the client. */
export class FilterSyntaxError extends Error {
  override readonly name = "FilterSyntaxError";
}

/** `text` is the token as written; that of a parameter is its name. */
export type FilterToken =
  | { readonly kind: "name" | "parameter" | "sign"; readonly text: string }
  | { readonly kind: "text"; readonly text: string; readonly value: string }
  | { readonly kind: "integer"; readonly text: string; readonly value: bigint };

const tokenForms = [
  { kind: "name", form: /[A-Za-z_]\w*/y },
  { kind: "text", form: /"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'/y },
  { kind: "integer", form: /[+-]?(?:0[xX][\dA-Fa-f]+|0[bB][01]+|\d+)(?![\w.])/y },
  { kind: "parameter", form: /\{[A-Za-z_]\w*\}/y },
  { kind: "sign", form: /==|[[\](),]/y },
] as const;

/** @throws FilterSyntaxError for a part that no token begins with */
export function tokensOf(filter: string): readonly FilterToken[] {
  const tokens: FilterToken[] = [];
  const space = /\s*/y;
  for (let at = 0; ;) {
    space.lastIndex = at;
    space.exec(filter);
    at = space.lastIndex;
    if (at === filter.length) return tokens;
    const token = tokenAt(filter, at);
    tokens.push(token.token);
    at = token.end;
  }
}

function tokenAt(filter: string, at: number): { readonly token: FilterToken; readonly end: number } {
  for (const { kind, form } of tokenForms) {
    form.lastIndex = at;
    const [text] = form.exec(filter) ?? [];
    if (text !== undefined) return { token: toToken(kind, text), end: at + text.length };
  }
  throw new FilterSyntaxError(
    `cannot parse expression: ${shorten(filter)}, unexpected ${shorten(filter.slice(at, at + 10))}`,
  );
}

function toToken(kind: FilterToken["kind"], text: string): FilterToken {
  switch (kind) {
    case "text":
      return { kind, text, value: text.slice(1, -1).replace(escape, readEscape) };
    case "integer":
      return { kind, text, value: readInteger(text) };
    case "parameter":
      return { kind, text: text.slice(1, -1) };
    case "name":
    case "sign":
      return { kind, text };
  }
}

/** A leading 0 makes an octal number. */
function readInteger(text: string): bigint {
  const digits = text.replace(/^[+-]/, "");
  const isOctal = /^0\d+$/.test(digits);
  if (isOctal && /[89]/.test(digits)) throw new FilterSyntaxError(`${shorten(text)} is not an octal number`);
  const value = BigInt(isOctal ? `0o${digits}` : digits);
  return text.startsWith("-") ? -value : value;
}

const escape = /\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|([0-7]{3})|(.))/g;

const escaped: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
};

function readEscape(written: string, ...[byte, short, long, octal, letter]: readonly (string | undefined)[]): string {
  const code = Number.parseInt(byte ?? short ?? long ?? octal ?? "", octal === undefined ? 16 : 8);
  const character = Number.isNaN(code) ? escaped[letter ?? ""] : codePoint(code);
  if (character === undefined) throw new FilterSyntaxError(`invalid escape sequence ${written}`);
  return character;
}

function codePoint(code: number): string | undefined {
  return code > 0x10ffff ? undefined : String.fromCodePoint(code);
}
