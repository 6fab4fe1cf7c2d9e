import { hexOf, words } from "./places.js";

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const tasks = /\b[0-9a-f]{24}\b/g;

/** The text without the names and ids by which two places differ, and without the ids of requests. */
export function unname(text: string): string {
  return Object.values(words)
    .reduce((unnamed, word) => unnamed.replaceAll(word, "*").replaceAll(hexOf(word), "*"), text)
    .replaceAll(uuids, "#")
    .replaceAll(tasks, "#");
}
