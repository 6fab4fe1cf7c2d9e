import { z } from "zod";
import { shorten } from "../../contract/shorten.js";
import { explainUnstorable, findUnstorableText } from "../../contract/storable.js";

/** A text that is not empty and can be kept. */
export function storableText(mostCharacters: number) {
  return z
    .string()
    .min(1)
    .max(mostCharacters)
    .superRefine((text, context) => {
      const reason = findUnstorableText(text);
      if (reason !== undefined) context.addIssue(explainUnstorable(reason));
    });
}

/** What a client sent, as a message shows it: never at length, and never what could not be sent on. */
export function showText(text: string): string {
  return shorten(text).replaceAll("\0", String.raw`\u0000`).toWellFormed();
}
