/** The longest text of somebody else that a message quotes whole. */
const longestQuoted = 1000;

/** The text, or its beginning: nobody reads a message of megabytes. */
export function shorten(text: string, most = longestQuoted): string {
  return text.length <= most ? text : `${text.slice(0, most).toWellFormed()}…`;
}
