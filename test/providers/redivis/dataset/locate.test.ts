import { describe, expect, it } from "vitest";
import type { Store } from "../../../../src/core/store.js";
import {
  allVariables,
  bearer,
  defineUpload,
  failure,
  memberOf,
  pathOf,
  reference,
  useRedivis,
} from "../redivis-service.js";

const openService = useRedivis();

describe("a table is found", () => {
  it.each([
    reference,
    "demo.my_data:next.a_table",
    "DEMO.My data:abcd:next.A table:wxyz",
    "demo.my-data:abcd:next.a__table",
    "demo.anything:abcd:next.anything:wxyz",
    "demo.:abcd:next.:wxyz",
    "demo.my_data:abcd:sample:next.a_table:wxyz",
  ])("by %s", async (spelling) => {
    const service = openService();
    const upload = await service.create(defineUpload());
    expect(await service.insert([{ string: "a" }], { reference: spelling })).toMatchObject({
      status: 201,
      body: { kind: "insertRowsResponse", rowsAdded: 1 },
      collectionId: upload.id,
    });
  });

  it.each([
    ["another owner", "other.my_data:abcd:next.a_table:wxyz"],
    ["an unknown id, which wins", "demo.my_data:zzzz:next.a_table:wxyz"],
    ["an unknown id of the table", "demo.my_data:abcd:next.a_table:zzzz"],
    ["another name", "demo.my_datas:next.a_table"],
    ["two parts", "demo.my_data"],
    ["U+0000", "demo.my_data:next.a_table\0"],
    ["U+0000, although it is not a letter", "demo.my\0data:next.a_table"],
  ])("but not by %s", async (_name, wrong) => {
    const service = openService();
    await service.create(defineUpload());
    const reply = await service.insert([], { reference: wrong });
    expect(reply).toMatchObject(failure(404, "not_found"));
  });

  it("in at most three statements", async () => {
    const calls: string[] = [];
    const standIns = (store: Store): Partial<Store> => ({
      collections: new Proxy(store.collections, {
        get: (target, name) => (calls.push(String(name)), memberOf(target, name)),
      }),
    });
    await openService().create(defineUpload());
    for (const [spelling, expected] of [
      [reference, ["locate"]],
      ["demo.my_data:next.old:wxyz", ["locate", "locate"]],
      ["demo.old:abcd:next.old:wxyz", ["locate", "findSpace", "locate"]],
    ] as const) {
      // Nothing is remembered of the insert before.
      const service = openService({ standIns });
      calls.length = 0;
      expect(await service.insert([], { reference: spelling })).toMatchObject({ status: 201 });
      expect(calls).toEqual(expected);
    }
  });

  it("with a generated id when none was given", async () => {
    const service = openService();
    await service.create(
      defineUpload({ dataset: { name: "Without ids", id: undefined as never }, table: { id: undefined as never } }),
    );
    const { headers } = await service.insert([], { reference: "demo.without_ids:next.a_table" });
    const [, dataset = "", table = ""] =
      /"(without_ids:[0-9a-f]{4})".*"(a_table:[0-9a-f]{4})"/.exec(headers["x-redivis-warning"] ?? "") ?? [];
    const qualified = await service.insert([], { reference: `demo.${dataset}:next.${table}` });
    expect(qualified.status).toBe(201);
    expect(qualified.headers).not.toHaveProperty("x-redivis-warning");
  });

  it("also when the next upload adds it to a dataset, which keeps the properties that are not given again", async () => {
    const service = openService({ authorization: "on" });
    await service.create(defineUpload());
    await service.create({
      owner: "Demo",
      dataset: { name: "my data" },
      table: { name: "Other", uploads: [{ name: "events", schema: allVariables }] },
    });
    await service.saveToken("stranger", { scopes: ["data.edit"], grants: [] });
    for (const known of [reference, "demo.my_data:abcd:next.other"]) {
      expect(await service.send({ headers: bearer("stranger"), path: pathOf({ reference: known }) })).toMatchObject({
        status: 403,
      });
    }
  });
});

describe("the version", () => {
  it.each([
    [
      ["v1_0"],
      true,
      { "": 400, ":next": 201, ":current": 400, ":v1_0": 400, ":1.0": 400, ":v2_0": 404, ":whatever": 400 },
    ],
    [["v1_0"], false, { "": 400, ":next": 404, ":current": 400 }],
    [[], true, { "": 201, ":next": 201, ":current": 201, ":v1_0": 404, ":whatever": 201 }],
    [[], false, { "": 404, ":next": 404 }],
  ] as const)("with %j released and next %s", async (released, next, expected) => {
    const service = openService();
    await service.create(defineUpload({ dataset: { released: [...released], next } }));
    for (const [version, status] of Object.entries(expected)) {
      expect([
        version,
        (await service.insert([], { reference: `demo.my_data:abcd${version}.a_table:wxyz` })).status,
      ]).toEqual([version, status]);
    }
  });
});

describe("an upload is found", () => {
  it("by its name, and by its name with dots written as _", async () => {
    const service = openService();
    const dotted = await service.create(defineUpload({ upload: { name: "tiny file.v1.csv" } }));
    for (const upload of ["tiny file.v1.csv", "tiny file_v1_csv"])
      expect(await service.insert([], { upload })).toMatchObject({ status: 201, collectionId: dotted.id });
    for (const upload of ["tiny file_v1.csv", "Tiny file.v1.csv", "tiny_file_v1_csv", "\0", "%"])
      expect(await service.insert([], { upload })).toMatchObject({ status: 404 });
  });

  it.each([
    ["a.b", "a_b"],
    ["a_b", "a.b"],
    ["a.b_c", "a_b.c"],
  ])("as the only one of its name: %s excludes %s", async (first, second) => {
    const service = openService();
    const only = await service.create(defineUpload({ upload: { name: first } }));
    await expect(service.create(defineUpload({ upload: { name: second } }))).rejects.toThrow("already");
    for (const upload of [first, "a_b_c".slice(0, first.length)])
      expect(await service.insert([], { upload })).toMatchObject({ collectionId: only.id });
  });
});

describe("the flags of older clients", () => {
  it.each([
    ["demo.old:abcd:next.a_table:wxyz", { strictReferences: "true" }, 400],
    ["demo.my_data:abcd:next.old:wxyz", { strictReferences: "1" }, 400],
    ["demo.my data:next.a_table:wxyz", { strictReferences: "true" }, 201],
    ["demo.old:abcd:next.a_table:wxyz", { strictReferences: "false" }, 201],
    ["demo.my_data:abcd:next.a_table", { exactReferences: "true" }, 400],
    [reference, { exactReferences: "true" }, 201],
    ["demo.my_data:abcd:next.a_table", { exactReferences: "True" }, 400],
    ["demo.my_data:abcd:next.a_table", { exactReferences: ["false", "true"] }, 400],
    [reference, { exactReferences: "yes" }, 400],
    [reference, { strictReferences: "2" }, 400],
    ["demo.old:abcd:next.a_table:wxyz", { strictReferences: "", exactReferences: "FALSE" }, 201],
  ])("require names that agree with their ids, or ids: %s %j", async (spelling, query, status) => {
    const service = openService();
    await service.create(defineUpload());
    expect(await service.send({ path: pathOf({ reference: spelling }), query })).toMatchObject({ status });
  });
});
