import { parser } from "@terraformer/wkt";

/**
 * Whether the text is a geometry as WKT. Uses the grammar of the package, not its parser, whose time grows with the
 * square of the length: 300 KB block the process for 16 s.
 */
export function isWkt(text: string): boolean {
  const symbols = toSymbols(text);
  return symbols !== undefined && isDerivable(symbols);
}

const wktWords = [
  "POINT",
  "LINESTRING",
  "POLYGON",
  "MULTIPOINT",
  "MULTILINESTRING",
  "MULTIPOLYGON",
  "GEOMETRYCOLLECTION",
  "EMPTY",
  "Z",
  "M",
  "ZM",
];
const marks = { "(": "(", ")": ")", ",": "COMMA" } as const;
const numberOf = (symbol: string): number => parser.symbols_[symbol] ?? -1;
const symbolOfText = new Map([
  ...wktWords.map((word) => [word, numberOf(word)] as const),
  ...Object.entries(marks).map(([mark, name]) => [mark, numberOf(name)] as const),
]);
const [coordinate, endOfText, endOfInput] = ["DOUBLE_TOK", "EOF", "$end"].map(numberOf);

const token = /\s*(?:([(),]|[A-Za-z]+)|(-?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?)(?![\w.+-]))/y;

/** Undefined when the text contains a token that the language does not have. */
function toSymbols(text: string): readonly number[] | undefined {
  const symbols: number[] = [];
  const trimmed = text.trimEnd();
  for (token.lastIndex = 0; token.lastIndex < trimmed.length;) {
    const [, word, number] = token.exec(trimmed) ?? [];
    const symbol = word === undefined ? coordinateOf(number) : symbolOfText.get(word.toUpperCase());
    if (symbol === undefined) return undefined;
    symbols.push(symbol);
  }
  return [...symbols, endOfText ?? -1, endOfInput ?? -1];
}

function coordinateOf(number: string | undefined): number | undefined {
  return number !== undefined && Number.isFinite(Number(number)) ? coordinate : undefined;
}

/** Runs the parse tables: each symbol is shifted once, each reduction pops states. */
function isDerivable(symbols: readonly number[]): boolean {
  const states = [0];
  for (const symbol of symbols) {
    for (;;) {
      const state = states.at(-1) ?? 0;
      const action = parser.defaultActions[state] ?? parser.table[state]?.[symbol];
      if (typeof action !== "object") return false;
      if (action[0] === 3) return true;
      if (action[0] === 1) {
        states.push(action[1]);
        break;
      }
      const [head, length] = parser.productions_[action[1]] || [0, 0];
      states.length -= length;
      const next = parser.table[states.at(-1) ?? 0]?.[head];
      if (typeof next !== "number") return false;
      states.push(next);
    }
  }
  return false;
}
