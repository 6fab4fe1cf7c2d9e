/** The longest foreign text that a message quotes whole, in UTF-16 units. */
const maxQuotedLength = 1000;

/** The text, or its beginning and an ellipsis, so that messages stay readable. */
export function shorten(text: string, most = maxQuotedLength): string {
  return text.length <= most ? text : `${text.slice(0, most).toWellFormed()}…`;
}

/** A text of a client for a message: shortened, and well-formed so that it can be encoded. */
export function quoteText(text: string, most = maxQuotedLength): string {
  return shorten(text, most).replaceAll("\0", String.raw`\u0000`).toWellFormed();
}
