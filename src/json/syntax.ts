/** Scans JSON text before it is parsed. */

export const [quoteByte, comma, backslash] = [34, 44, 92] as const;
export const [openBracket, closeBracket, openBrace, closeBrace] = [91, 93, 123, 125] as const;

/**
 * The position behind the string whose opening quote is at `start`; the end of the text for a string without a closing
 * quote.
 */
export function endOfString(text: string, start: number): number {
  let end = start;
  do {
    end = text.indexOf('"', end + 1);
    if (end === -1) return text.length;
  } while (isEscaped(text, end));
  return end + 1;
}

function isEscaped(text: string, position: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(position - 1 - backslashes) === backslash) backslashes += 1;
  return backslashes % 2 === 1;
}

/** An upper bound of the levels that the text opens: brackets within strings count as well. Stops beyond `most`. */
export function countOpened(text: string, most: number): number {
  let opened = 0;
  for (const bracket of "[{") {
    for (let at = text.indexOf(bracket); at !== -1 && opened <= most; at = text.indexOf(bracket, at + 1)) opened += 1;
  }
  return opened;
}

/** Brackets within strings do not count. Stops at the first level that is too deep. */
export function nestsDeeperThan(text: string, levels: number): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quoteByte) index = endOfString(text, index) - 1;
    else if (code === openBracket || code === openBrace) depth += 1;
    else if (code === closeBracket || code === closeBrace) depth -= 1;
    if (depth > levels) return true;
  }
  return false;
}

/** The number of characters before the fault that the parser quotes. */
const quotedBefore = 10;

/** The message of `JSON.parse` with a position in place of its quotation of the text, which may be a secret. */
export function explainSyntax(message: string, text: string): string {
  if (!message.endsWith(" is not valid JSON")) return message;
  const [, token, dots, quoted = ""] =
    /^Unexpected token '(.{1,2})', (\.\.\.)?"(.*)"(?:\.\.\.)? is not valid JSON$/su.exec(message) ?? [];
  if (token === undefined) return "the text is not valid JSON";
  if (dots === undefined) return `Unexpected token '${token}' in JSON near its beginning`;
  const start = text.indexOf(quoted);
  const isSure = start !== -1 && start === text.lastIndexOf(quoted);
  return `Unexpected token '${token}' in JSON${isSure ? ` at position ${start + quotedBefore}` : ""}`;
}
