import { z } from "zod";
import { explainUnstorable, findUnstorableText } from "../../contract/storable.js";

/** A text that can be kept and, unless said otherwise, is not empty. */
export function storableText(mostCharacters: number, fewestCharacters = 1) {
  return z
    .string()
    .min(fewestCharacters)
    .max(mostCharacters)
    .superRefine((text, context) => {
      const reason = findUnstorableText(text);
      if (reason !== undefined) context.addIssue(explainUnstorable(reason));
    });
}

/** The database cannot be asked for every text; nothing is called by one of the others, nor by the empty one. */
export function askable(text: string): string {
  return findUnstorableText(text) === undefined ? text : "";
}
