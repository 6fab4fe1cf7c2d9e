import { systemRequest } from "../../../../src/core/request-scope.js";
import { beforeAll, describe, expect, it } from "vitest";
import { dingtalk } from "../../../../src/providers/dingtalk/index.js";
import { baseId, useDingtalk } from "../dingtalk-app.js";
import { ask, grantTokens, insertTitles, wrongArguments, type Asking } from "../rest-client.js";

const moment = Date.UTC(2026, 4, 1, 12, 0, 0, 123);

describe("the records of a sheet", () => {
  const world = useDingtalk({ clock: { now: () => new Date(moment) } });
  const titles = Array.from({ length: 250 }, (_, index) => `title ${index}`);
  let ids: readonly string[] = [];
  beforeAll(async () => {
    await grantTokens(world());
    await world().app.manageCollections.create(systemRequest, dingtalk.id, {
      baseId,
      operators: { editor: "edit", second: "edit", reader: "read", stranger: "none" },
      sheets: [{ name: "空", fields: [{ name: "Title", type: "text" }] }],
    });
    ids = [
      ...(await insertTitles(world(), titles.slice(0, 200))),
      ...(await insertTitles(world(), titles.slice(200), "operatorId=second")),
    ];
  });

  const list = (text: unknown = {}, asking: Asking = {}, sheet = "Tasks") =>
    ask(world(), "POST", `sheets/${sheet}/records/list`, { text: JSON.stringify(text), ...asking });

  it("are listed page by page, each once and in order of insertion", async () => {
    const read: unknown[] = [];
    const sizes: number[] = [];
    for (let nextToken: string | undefined; nextToken !== "";) {
      const { status, body } = await list({ maxResults: 60, nextToken }, { query: "operatorId=reader" });
      expect({ status, hasMore: body.hasMore }).toEqual({ status: 200, hasMore: sizes.length < 4 });
      read.push(...body.records);
      sizes.push(body.records.length);
      nextToken = body.nextToken;
    }
    expect(sizes).toEqual([60, 60, 60, 60, 10]);
    expect(read).toMatchObject(titles.map((Title, index) => ({ id: ids[index], fields: { Title } })));
    expect(read[199]).toEqual({
      id: ids[199],
      fields: { Title: "title 199" },
      createdBy: { unionId: "editor" },
      lastModifiedBy: { unionId: "editor" },
      createdTime: moment,
      lastModifiedTime: moment,
    });
    expect(read[200]).toMatchObject({ createdBy: { unionId: "second" }, lastModifiedBy: { unionId: "second" } });
  });

  it("are a hundred per page by default, in every form of an absent value", async () => {
    const first = await ask(world(), "POST", "sheets/HAcL4SD/records/list", { prefix: "/dingtalk" });
    expect(first).toMatchObject({ status: 200, body: { hasMore: true } });
    expect(first.body.records).toHaveLength(100);
    const nothing = { maxResults: null, nextToken: null, filter: null, fieldIdOrNames: null, more: 1 };
    expect((await list(nothing)).body).toEqual(first.body);
    expect((await list({ nextToken: "", fieldIdOrNames: [] })).body).toEqual(first.body);
    expect((await list({ maxResults: 1 })).body.records).toEqual(first.body.records.slice(0, 1));
  });

  it("end also with a full page", async () => {
    const { body } = await list({ maxResults: 100, nextToken: (await list({ maxResults: 100 })).body.nextToken });
    const last = await list({ maxResults: 50, nextToken: body.nextToken });
    expect(last.body).toMatchObject({ hasMore: false, nextToken: "" });
    expect(last.body.records).toHaveLength(50);
    expect((await list({}, {}, encodeURIComponent("空"))).body).toEqual({ hasMore: false, nextToken: "", records: [] });
  });

  it("show the requested fields, by id or name", async () => {
    const { body } = await ask(world(), "POST", "sheets/Tasks/records", {
      body: { records: [{ fields: { Title: "t", Hours: 1, State: "open" } }] },
    });
    const fieldsWith = async (fieldIdOrNames: readonly string[]) => {
      const { body: page } = await list({ fieldIdOrNames, nextToken: await tokenBefore() });
      return page.records.at(-1)?.fields;
    };
    const tokenBefore = async () => {
      const { body: half } = await list({});
      const { body: more } = await list({ nextToken: half.nextToken });
      return more.nextToken;
    };
    expect(await fieldsWith(["hOurs01", "Title", "Title", "Tags"])).toEqual({ Title: "t", Hours: "1" });
    expect(await fieldsWith(Array<string>(100).fill("State"))).toEqual({
      State: { id: expect.any(String) as unknown, name: "open" },
    });
    expect((await ask(world(), "GET", `sheets/Tasks/records/${body.value[0]?.id}`)).body.fields).toMatchObject({
      Title: "t",
      Hours: "1",
    });
  });

  it.each<[string, unknown, string]>([
    ["maxResults 0", { maxResults: 0 }, "maxResults: "],
    ["maxResults 101", { maxResults: 101 }, "maxResults: "],
    ["a half", { maxResults: 1.5 }, "maxResults: "],
    ["a text for maxResults", { maxResults: "10" }, "maxResults: "],
    ["a filter", { filter: { conditions: [] } }, "filter: filters are not served"],
    ["a text that is not a token", { nextToken: "x" }, "nextToken: 'x' is not a token of this sheet"],
    ["a token with more", { nextToken: `${Buffer.from("HAcL4SD 1").toString("base64url")}=` }, "nextToken: "],
    ["a token of another sheet", { nextToken: Buffer.from("oTher01 1").toString("base64url") }, "nextToken: "],
    [
      "a token beyond all numbers",
      { nextToken: Buffer.from(`HAcL4SD ${"9".repeat(19)}`).toString("base64url") },
      "nextToken: ",
    ],
    ["a token with U+0000", { nextToken: "\0" }, String.raw`nextToken: '\u0000'`],
    ["a number for a token", { nextToken: 1 }, "nextToken: "],
    ["101 fields", { fieldIdOrNames: Array<string>(101).fill("Title") }, "fieldIdOrNames: "],
    ["an unknown field", { fieldIdOrNames: ["Title", "没有"] }, "fieldIdOrNames: the field '没有' does not exist"],
    [
      "an inherited name",
      { fieldIdOrNames: ["constructor"] },
      "fieldIdOrNames: the field 'constructor' does not exist",
    ],
    ["a member that is stored beside the fields", { fieldIdOrNames: ["$createdBy"] }, "does not exist"],
    ["a field that is not a text", { fieldIdOrNames: [null] }, "fieldIdOrNames.0: "],
    ["a list", [], "the body: "],
  ])("are not listed for %s", async (_name, body, message) => {
    const { status, body: error } = await list(body);
    expect({ status, code: error.code }).toEqual({ status: 400, code: wrongArguments });
    expect(error.message).toContain(message);
  });

  it("are not listed for a body that is invalid JSON or far too large", async () => {
    for (const text of [
      '{"maxResults":9007199254740993}',
      '{"maxResults":1e400}',
      '{"maxResults":',
      "\ud800",
      '{"nextToken":"\\ud800"}',
      `{"nextToken":"${"x".repeat(200_000)}"}`,
    ]) {
      const { status, body } = await list({}, { text });
      expect({ status, code: body.code }).toEqual({ status: 400, code: wrongArguments });
      expect(body.message.length).toBeLessThan(1200);
    }
  });

  it("are not inserted with several client tokens", async () => {
    const [one, two] = ["00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"];
    const insert = async (tokens: string) => {
      const query = `operatorId=editor${tokens}`;
      const body = { records: [{ fields: { Title: "once" } }] };
      const { status, body: reply } = await ask(world(), "POST", "sheets/Tasks/records", { query, body });
      return [status, reply.code];
    };
    expect(await insert(`&clientToken=${one}&clientToken=${two}`)).toEqual([400, wrongArguments]);
    expect(await insert(`&clientToken=&clientToken=${one}`)).toEqual([200, undefined]);
    expect(await insert(`&clientToken=${one}&clientToken=${one}`)).toEqual([
      409,
      "invalidRequest.duplicateClientToken",
    ]);
  });

  it("are found one by one by their ids", async () => {
    const [id = ""] = ids;
    const expected = {
      status: 200,
      body: {
        id,
        fields: { Title: "title 0" },
        createdBy: { unionId: "editor" },
        lastModifiedBy: { unionId: "editor" },
        createdTime: moment,
        lastModifiedTime: moment,
      },
    };
    expect(await ask(world(), "GET", `sheets/Tasks/records/${id}`, { query: "operatorId=reader" })).toEqual(expected);
    expect(await ask(world(), "GET", `sheets/HAcL4SD/records/${id}`, { prefix: "/dingtalk" })).toEqual(expected);
    expect(await ask(world(), "GET", `sheets/HAcL4SD/records/%${id.charCodeAt(0).toString(16)}${id.slice(1)}`)).toEqual(
      expected,
    );
  });

  it.each(["nothing123", "list", "%00", "%2500", "a%2Fb", "%F0%9F%98%80", "x".repeat(3000)])(
    "%s is not one of them",
    async (recordId) => {
      const { status, body } = await ask(world(), "GET", `sheets/Tasks/records/${recordId}`);
      expect({ status, code: body.code }).toEqual({ status: 404, code: "invalidRequest.resource.notFound" });
      expect(body.message).toMatch(/^the record '.*' does not exist$/);
    },
  );

  it("belong to their own sheet only", async () => {
    expect(await ask(world(), "GET", `sheets/${encodeURIComponent("空")}/records/${ids[0]}`)).toMatchObject({
      status: 404,
      body: { code: "invalidRequest.resource.notFound" },
    });
  });

  it("show GraphQL their fields only", async () => {
    expect((await world().stored()).slice(0, 2)).toEqual([{ Title: "title 0" }, { Title: "title 1" }]);
  });
});
