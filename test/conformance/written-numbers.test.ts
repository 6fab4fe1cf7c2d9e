import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { systemRequest } from "../../src/core/request-scope.js";
import { showValue } from "../../src/json/stringify.js";
import { useApp } from "../service/use-app.js";
import { decimalOf, writtenNumber, type Decimal } from "./written-number.js";
import { writtenNumberFaces, type Face } from "./written-number-faces.js";
import { numberScenes, type Keeping, type NumberScene } from "./written-number-scenes.js";

const open = useApp();
const runs = 40;

/** What became of a number: its stored text, or the words of the refusal. */
type Fate = { readonly stored: string } | { readonly refusal: string };

/** Writes one record into a new collection. The refusal of an import is that of its task. */
async function writeNumber(face: Face, scene: NumberScene, [field, written]: readonly [string, string]): Promise<Fate> {
  const { manageCollections, store, directory, fetch, settleTasks } = open();
  const { provider, definition, rest } = scene;
  const collection = await manageCollections.create(systemRequest, provider.id, definition);
  try {
    const members = Object.entries({ ...rest, [field]: written }).map(([name, text]) => `"${name}":${text}`);
    const refusal = await face(fetch, scene, `{${members.join(",")}}`);
    if (refusal !== undefined) return { refusal };
    await settleTasks();
    const { items: records } = await store.records.listRecords(collection.id, { first: 2 });
    const [record] = records;
    if (record === undefined) {
      const visible = [{ provider: provider.id, spaces: "all" as const }];
      const { items: tasks } = await store.tasks.listTasks({ visible }, { first: 2 });
      return { refusal: String(tasks[0]?.error?.message) };
    }
    const fields = directory.get(provider.id).provider.collections.toFields(collection, record);
    return { stored: showValue(fields[field]) };
  } finally {
    await store.collections.deleteCollection(collection.id);
  }
}

function judge(keeping: Keeping, [field, written]: readonly [string, string], fate: Fate): void {
  const value = decimalOf(written);
  if ("refusal" in fate) {
    expect(fate.refusal).toContain(field);
    expect(mustKeep(keeping, value), `${written} is refused: ${fate.refusal}`).toBe(false);
  } else if (keeping.kind === "float32") {
    expect(Math.fround(Number(fate.stored)) - Math.fround(Number(written))).toBe(0);
  } else if (keeping.kind === "double" || (!value.isWhole && !Number.isInteger(Number(written)))) {
    // A number with a fraction is its double; the difference of zeros is 0 whatever their signs.
    expect(Number(fate.stored) - Number(written)).toBe(0);
  } else {
    expect(decimalOf(fate.stored).text).toBe(value.text);
  }
}

function mustKeep(keeping: Keeping, { isWhole, integer }: Decimal): boolean {
  return keeping.kind === "whole" && isWhole && integer >= keeping.min && integer <= keeping.max;
}

describe.each(numberScenes)("a number that is written to $name", (scene) => {
  it.each(Object.entries(writtenNumberFaces))(
    "keeps its value or is refused by the name of its field: %s",
    async (_name, face) => {
      const finite = writtenNumber.filter((written) => Number.isFinite(Number(written)));
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...Object.entries(scene.fields)),
          finite,
          async ([field, keeping], written) => {
            judge(keeping, [field, written], await writeNumber(face, scene, [field, written]));
          },
        ),
        { numRuns: runs },
      );
    },
  );
});
