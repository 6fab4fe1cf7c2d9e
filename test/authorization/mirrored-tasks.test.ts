import { describe, expect, test } from "vitest";
import type { KeyScope } from "../../src/core/access/caller.js";
import type { MirroredTask } from "../../src/core/task.js";
import { hexOf } from "./places.js";
import { useGuarded } from "./use-guarded.js";

const tasks = new Map<string, MirroredTask>();
const message = "row 1 is bad";

const { app, keyFor, ask } = useGuarded({
  prepare: async ({ store, grantAccess }) => {
    await grantAccess("altatech", { bot_id: "sales", tokens: { "app-sales": {} } });
    for (const space of ["sales", undefined]) {
      const mirrors = { upstream: "default", id: `task of ${space ?? "no space"}`, space };
      const id = hexOf(mirrors.id);
      const task = await store.tasks.mirror({ id, provider: "altatech", mirrors, totalCount: 1 });
      const failures = [{ recordIndex: 0, message }];
      await store.tasks.finishMirror({ taskId: task.id, state: "succeeded", failures });
      tasks.set(space ?? "none", task);
    }
  },
});

const fields = "id upstreamTaskId status collection { id } failures { nodes { message } }";
const listText = `{ importTasks { nodes { ${fields} } pageInfo { hasNextPage } } }`;
const taskText = `query ($id: ID!) { importTask(id: $id) { ${fields} } }`;
const entityText = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ImportTask { ${fields} } } }`;

/** The spaces whose task the credential is shown, by each way to it. */
async function seenBy(secret: string): Promise<readonly string[]> {
  const listed = JSON.stringify(await ask(secret, listText));
  const seen: string[] = [];
  for (const [space, { id }] of tasks) {
    const isListed = listed.includes(id);
    const found = JSON.stringify(await ask(secret, taskText, { id }));
    const entity = JSON.stringify(
      await ask(secret, entityText, { representations: [{ __typename: "ImportTask", id }] }),
    );
    for (const text of [found, entity]) {
      expect(text.includes(id)).toBe(isListed);
      expect(text.includes(message)).toBe(isListed);
    }
    if (isListed) seen.push(space);
  }
  return seen;
}

describe("the tasks of a real service", () => {
  const all = ["sales", "none"];
  test.each<[string, readonly KeyScope[], readonly string[]]>([
    ["everything embedded", [{}], []],
    ["the provider, whose upstream is then the embedded one", [{ provider: "altatech" }], []],
    ["the upstream", [{ provider: "altatech", upstream: "default" }], all],
    ["to read there", [{ provider: "altatech", upstream: "default", operation: "read" }], all],
    ["to write there", [{ provider: "altatech", upstream: "default", operation: "write" }], []],
    ["to manage there", [{ provider: "altatech", upstream: "default", operation: "manage" }], []],
    ["their space", [{ provider: "altatech", upstream: "default", space: "sales" }], ["sales"]],
    ["another space", [{ provider: "altatech", upstream: "default", space: "home" }], []],
    ["the upstream of another provider", [{ provider: "milvus", upstream: "default" }], []],
    [
      "to read in their space and to write everywhere",
      [
        { provider: "altatech", upstream: "default", space: "sales", operation: "read" },
        { provider: "altatech", upstream: "default", operation: "write" },
      ],
      ["sales"],
    ],
  ])("are shown to a key that opens %s", async (_name, scopes, seen) => {
    expect(await seenBy(await keyFor(...scopes))).toEqual(seen);
  });

  test("are not shown to the contract's own credentials, which hold for the embedded service", async () => {
    expect(await seenBy("app-sales")).toEqual([]);
  });

  test("are never answered by the embedded service's face", async () => {
    const ids = [...tasks.values()].flatMap(({ id, mirrors }) => [id, mirrors.id]);
    const query = ids.map((id) => `ids=${encodeURIComponent(id)}`).join("&");
    for (const secret of ["app-sales", await keyFor({}, { provider: "altatech", upstream: "default" })]) {
      const response = await app().fetch(`/altatech/v1/database/query/import-results?${query}`, {
        headers: { authorization: `Bearer ${secret}` },
      });
      expect([response.status, await response.json()]).toEqual([200, []]);
    }
  });

  test("have no collection", async () => {
    const secret = await keyFor({ provider: "altatech", upstream: "default" });
    const id = tasks.get("none")?.id ?? "";
    expect(await ask(secret, taskText, { id })).toEqual({
      importTask: {
        ...{ id, upstreamTaskId: "task of no space", status: "SUCCEEDED", collection: null },
        failures: { nodes: [{ message }] },
      },
    });
  });
});
