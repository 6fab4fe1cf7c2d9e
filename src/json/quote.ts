/** The longest text of somebody else that a message quotes whole. */
const maxQuotedLength = 1000;

/** The text, or its beginning: nobody reads a message of megabytes. */
export function shorten(text: string, most = maxQuotedLength): string {
  return text.length <= most ? text : `${text.slice(0, most).toWellFormed()}…`;
}

/** A text of a client as a message quotes it: cut, and well-formed so that it can be sent on. */
export function quoteText(text: string, most = maxQuotedLength): string {
  return shorten(text, most).replaceAll("\0", String.raw`\u0000`).toWellFormed();
}
