import { isJsonArray, type JsonContainer, type JsonValue } from "./value.js";
import { maxDepth } from "./storable.js";
import { isContainer } from "./write-exactly.js";

/** Whether a value has more levels of lists and objects than a record may have (`maxDepth`). */
export function nestsTooDeeply(value: JsonValue): boolean {
  return isContainer(value) && isDeeperThan(value, maxDepth, Infinity);
}

/**
 * Whether a value has more than `levels` levels of lists and objects. `most` is an upper bound of its number of lists
 * and objects, counted in its text: the part not yet visited bounds the remaining depth, so that few records are
 * visited.
 */
export function isDeeperThan(root: JsonValue, levels: number, most: number): boolean {
  let level: readonly JsonContainer[] = isContainer(root) ? [root] : [];
  let left = most - level.length;
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    const deepest = levels - depth;
    const next: JsonContainer[] = [];
    for (const container of level) {
      if (left - next.length <= deepest - 1) return false;
      collect(container, next);
    }
    left -= next.length;
    level = next;
  }
  return false;
}

function collect(container: JsonContainer, found: JsonContainer[]): void {
  if (isJsonArray(container)) {
    for (const element of container) if (isContainer(element)) found.push(element);
    return;
  }
  for (const key in container) {
    const member = container[key];
    if (member !== undefined && isContainer(member)) found.push(member);
  }
}
