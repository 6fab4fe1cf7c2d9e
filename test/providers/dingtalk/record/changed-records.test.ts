import { beforeAll, describe, expect, it } from "vitest";
import { token, useDingtalk } from "../dingtalk-app.js";
import { ask, grantTokens, insertTitles, wrongArguments } from "../rest-client.js";

describe("the records of an insert with a clientToken", () => {
  let hours = 0;
  const world = useDingtalk({ clock: { now: () => new Date(Date.UTC(2026, 0, 1, hours)) } });
  beforeAll(() => grantTokens(world()));

  const changed = (clientToken: unknown, query = "operatorId=editor", prefix = "") =>
    ask(world(), "POST", "changedRecordIds/query", { text: JSON.stringify({ clientToken }), query, prefix });
  const none = { status: 200, body: { changedRecordIds: [] } };

  it("are answered in order, to the inserting operator and for that base", async () => {
    expect(await changed(token)).toEqual(none);
    const ids = await insertTitles(world(), ["a", "b", "c"], `clientToken=${token}&operatorId=editor`);
    expect(ids).toHaveLength(3);
    const expected = { ...none, body: { changedRecordIds: ids } };
    expect(await changed(token)).toEqual(expected);
    expect(await changed(token.toUpperCase(), "operatorId=editor", "/dingtalk")).toEqual(expected);
    for (const operator of ["second", "reader"]) expect(await changed(token, `operatorId=${operator}`)).toEqual(none);
    await world().createBase("other", {});
    expect(
      await ask(world(), "POST", "/v1.0/notable/bases/other/changedRecordIds/query", { body: { clientToken: token } }),
    ).toEqual(none);
    expect(
      await ask(world(), "POST", "sheets/Tasks/records", {
        query: `operatorId=editor&clientToken=${token}`,
        body: { records: [{ fields: {} }] },
      }),
    ).toMatchObject({ status: 409 });
    expect(await changed(token)).toEqual(expected);
    hours += 24;
    expect(await changed(token)).toEqual(none);
  });

  it("are none for a failed insert", async () => {
    const clientToken = "00000000-0000-4000-8000-000000000001";
    const failed = await ask(world(), "POST", "sheets/Tasks/records", {
      query: `operatorId=editor&clientToken=${clientToken}`,
      body: { records: [{ fields: { Hours: "x" } }] },
    });
    expect(failed).toMatchObject({ status: 400 });
    expect(await changed(clientToken)).toEqual(none);
  });

  it.each<[string, string, string, string]>([
    ["no token", "{}", "MissingclientToken", "clientToken is mandatory for this action."],
    ["no body", "", "MissingclientToken", "clientToken is mandatory"],
    ["a list", "[]", "MissingclientToken", "clientToken is mandatory"],
    ["a number", '{"clientToken":1}', wrongArguments, "clientToken: "],
    ["null", '{"clientToken":null}', wrongArguments, "clientToken: "],
    ["an empty token", '{"clientToken":""}', wrongArguments, "the clientToken '' is not a UUID v4"],
    [
      "a UUID of another version",
      '{"clientToken":"550e8400-e29b-11d4-a716-446655440000"}',
      wrongArguments,
      "is not a UUID v4",
    ],
    ["a token with U+0000", '{"clientToken":"\\u0000"}', wrongArguments, String.raw`the clientToken '\u0000' is not`],
    ["broken JSON", '{"clientToken":', wrongArguments, ""],
  ])("are not answered for %s", async (_name, text, code, message) => {
    const { status, body } = await ask(world(), "POST", "changedRecordIds/query", { text });
    expect({ status, code: body.code }).toEqual({ status: 400, code });
    expect(body.message).toContain(message);
  });

  it("check the form of the token after the operator and before the base", async () => {
    const code = async (clientToken: string, operatorId: string, base: string) =>
      (
        await ask(world(), "POST", `/v1.0/notable/bases/${base}/changedRecordIds/query`, {
          query: `operatorId=${operatorId}`,
          body: { clientToken },
        })
      ).body.code;
    expect(await code("x", "nobody", "none")).toBe("paramError");
    expect(await code("x", "editor", "none")).toBe(wrongArguments);
    expect(await code(token, "editor", "none")).toBe("invalidRequest.document.notFound");
  });
});
