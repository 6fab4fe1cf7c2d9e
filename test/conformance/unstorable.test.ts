import { allOf, everywhere } from "../service/visible.js";
import { describe, expect, test } from "vitest";
import { ProviderFailure } from "../../src/core/failure.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../src/json/value.js";
import { writeOperations } from "../../src/core/write.js";
import * as registry from "../../src/providers/registry.js";
import { useService, type Service } from "../service/use-service.js";
import { sampleOf } from "./sample-of.js";

const unstorable = [
  { name: "U+0000", text: "\0" },
  { name: "a lone surrogate", text: "\ud800" },
];

describe.each(Object.values(registry))("$id", (provider) => {
  const open = useService(provider, { secret: "any" });
  const { definition, target, records } = sampleOf(provider);
  const operations = writeOperations.filter((operation) => provider.targets[operation] !== undefined);

  test.each(unstorable)("creates no collection whose definition holds $name in any place", async ({ text }) => {
    const service = open();
    for (const wrong of spoiled(definition, text)) {
      expect([wrong, await kindOf(service.create(asObject(wrong)))]).toEqual([wrong, "invalid-input"]);
    }
    const { items } = await service.store.collections.listCollections({ visible: allOf(provider.id) }, { first: 10 });
    expect(items).toEqual([]);
  });

  describe.each(operations)("%s", (operation) => {
    test.each(unstorable)("finds nothing when the target holds $name in any place", async ({ text }) => {
      const service = open();
      const collection = await service.create(definition);
      for (const wrong of spoiledValues(target, text)) {
        expect([wrong, await kindOf(service.write(operation, { target: asObject(wrong), records }))]).toEqual([
          wrong,
          expect.stringMatching(/^(?:invalid-input|not-found)$/),
        ]);
      }
      expect(await service.storedFields(collection)).toEqual([]);
    });

    test.each(unstorable)("stores no record that holds $name in any place", async ({ text }) => {
      const service = open();
      const collection = await service.create(definition);
      for (const wrong of spoiled(records.slice(0, 1), text)) {
        expect([
          wrong,
          await kindOf(
            writeAndSettle(service, () => service.write(operation, { target, records: [wrong].flat().map(asObject) })),
          ),
        ]).toEqual([wrong, "invalid-input"]);
      }
      expect(await service.storedFields(collection)).toEqual([]);
    });
  });
});

/** An import that drops every record also counts as a refusal, once it is finished. */
async function writeAndSettle({ settle, store }: Service, write: () => ReturnType<Service["write"]>): Promise<unknown> {
  const receipt = await write();
  if (receipt.status !== "accepted") return receipt;
  await settle(receipt.taskId);
  const [task] = await store.tasks.tasksById(everywhere, [receipt.taskId]);
  const [{ items: failures } = { items: [] }] = await store.tasks.failurePages(everywhere, [
    { ownerId: receipt.taskId, first: 10 },
  ]);
  if (task?.state !== "failed" || failures.length !== task.totalCount) return task;
  throw new ProviderFailure({
    provider: task.provider,
    kind: "invalid-input",
    retry: "no",
    message: failures[0]?.message ?? "",
    idempotent: true,
    outcome: "not-applied",
  });
}

async function kindOf(refused: Promise<unknown>): Promise<string> {
  try {
    await refused;
    return "taken";
  } catch (error) {
    if (error instanceof ProviderFailure) return error.details.kind;
    throw error;
  }
}

/** Copies of the object; in each of them one value holds the text. */
function spoiledValues(object: JsonObject, text: string): readonly JsonValue[] {
  return Object.entries(object).flatMap(([name, member]) =>
    spoiled(member, text).map((wrong) => ({ ...object, [name]: wrong })),
  );
}

/** Copies of the value; in each of them one text, a value or a member's name, holds the other text. */
function spoiled(value: JsonValue, text: string): readonly JsonValue[] {
  if (typeof value === "string") return [value + text];
  if (isJsonArray(value))
    return value.flatMap((element, index) => spoiled(element, text).map((wrong) => value.with(index, wrong)));
  if (!isJsonObject(value)) return [];
  const names = Object.entries(value).map(([name, member]) => {
    const { [name]: _member, ...others } = value;
    return { ...others, [name + text]: member };
  });
  return [...spoiledValues(value, text), ...names];
}

function asObject(value: JsonValue): JsonObject {
  if (!isJsonObject(value)) throw new Error("the value is not an object");
  return value;
}
