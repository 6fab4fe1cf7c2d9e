import { z } from "zod";
import { findUnstorableText } from "./storable.js";

/** A text that the database can keep. */
export const storableString = z.string().refine((text) => findUnstorableText(text) === undefined, "must not contain U+0000 or half a character");
