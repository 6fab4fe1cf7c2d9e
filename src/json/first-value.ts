import { endOfString } from "./syntax.js";

/**
 * The position behind the first object or array of a text that continues with another one; undefined for a text of any
 * other form. Some services answer two values back to back.
 */
export function endOfFirstValue(text: string): number | undefined {
  const start = text.search(/[^\s]/);
  if (start === -1 || (text[start] !== "{" && text[start] !== "[")) return undefined;
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') index = endOfString(text, index) - 1;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    if (depth === 0) return index + 1 < text.length ? index + 1 : undefined;
  }
  return undefined;
}
