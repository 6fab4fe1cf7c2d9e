import { describe, expect, it } from "vitest";
import type { LooseRequest } from "../../contract/loose-request.js";
import { baseId, codeOf, token, useDingtalk } from "./dingtalk-app.js";

const bad = { records: [{ fields: { Hours: "x" } }] };
const noBase = "/v1.0/notable/bases/none/sheets/none/records";
const noSheet = `/v1.0/notable/bases/${baseId}/sheets/none/records`;

/** Each step corrects the first fault of the previous one: the faults that remain must not be reported earlier. */
const steps: readonly (readonly [string, LooseRequest])[] = [
  ["InvalidAction.NotFound", { path: "/v1.0/notable/bases", headers: {} }],
  [
    "AuthenticationFailed.MissingParameter",
    {
      path: noBase,
      headers: { authorization: "Bearer tok" },
      query: { operatorId: "" },
      body: undefined,
      bodyProblem: "broken",
    },
  ],
  [
    "InvalidAuthentication",
    { path: noBase, headers: { "x-acs-dingtalk-access-token": "nope" }, query: { operatorId: "" } },
  ],
  [
    "Forbidden.AccessDenied.AccessTokenPermissionDenied",
    { path: noBase, headers: { "x-acs-dingtalk-access-token": "tok-read" }, query: { operatorId: "" } },
  ],
  ["Forbidden.AccessDenied.IpNotInWhiteList", { path: noBase, query: { operatorId: "" }, address: "10.0.0.9" }],
  ["MissingoperatorId", { path: noBase, query: { operatorId: "" }, body: undefined, bodyProblem: "broken" }],
  [
    "invalidRequest.inputArgs.invalid",
    { path: noBase, query: { operatorId: "nobody" }, body: undefined, bodyProblem: "broken" },
  ],
  ["Missingrecords", { path: noBase, query: { operatorId: "nobody" }, body: { foo: 1 } }],
  ["invalidRequest.inputArgs.invalid", { path: noBase, query: { operatorId: "nobody" }, body: { records: [{}] } }],
  ["paramError", { path: noBase, query: { operatorId: "nobody", clientToken: "x" }, body: bad }],
  ["paramError", { path: noBase, query: { operatorId: "\0", clientToken: "x" }, body: bad }],
  ["invalidRequest.inputArgs.invalid", { path: noBase, query: { operatorId: "reader", clientToken: "x" }, body: bad }],
  [
    "invalidRequest.document.notFound",
    { path: noBase, query: { operatorId: "reader", clientToken: token }, body: bad },
  ],
  [
    "invalidRequest.document.notFound",
    { path: noSheet, query: { operatorId: "stranger", clientToken: token }, body: bad },
  ],
  ["forbidden.operationIllegal", { path: noSheet, query: { operatorId: "reader", clientToken: token }, body: bad }],
  ["invalidRequest.resource.notFound", { path: noSheet, query: { clientToken: token }, body: bad }],
  ["invalidRequest.resource.notFound", { path: `/v1.0/notable/bases/${baseId}/sheets/%00/records`, body: bad }],
  ["invalidRequest.duplicateClientToken", { query: { clientToken: token.toUpperCase() }, body: bad }],
  ["invalidRequest.inputArgs.invalid", { body: bad }],
  ["forbidden.accessDenied", { path: "/v1.0/notable/bases/trouble/sheets/Tasks/records" }],
  ["invalidRequest.inputArgs.invalid", { path: "/v1.0/notable/bases/trouble/sheets/Tasks/records", body: bad }],
  [
    "invalidRequest.document.typeIllegal",
    { path: "/v1.0/notable/bases/alien/sheets/none/records", query: { operatorId: "reader" }, body: bad },
  ],
  [
    "invalidRequest.document.broken",
    { path: "/v1.0/notable/bases/broken/sheets/none/records", query: { operatorId: "reader" }, body: bad },
  ],
];

describe("the first fault is answered", () => {
  const world = useDingtalk({ environment: { AUTHORIZATION: "on", DINGTALK_ALLOWED_ADDRESSES: "10.0.0.0/29" } });

  it("in the contract's order", async () => {
    await world().createBase("trouble", { failure: "forbidden.accessDenied" });
    await world().createBase("alien", { documentType: "spreadsheet", state: "broken" });
    await world().createBase("broken", { state: "broken" });
    const address = "10.0.0.1";
    expect(await world().send({ query: { clientToken: token }, address })).toMatchObject({
      status: 200,
      headers: { "content-type": "application/json" },
    });
    for (const [code, request] of steps)
      expect([request, codeOf(await world().send({ address, ...request }))]).toEqual([request, code]);
    expect(await world().stored()).toHaveLength(1);
  });

  it("with a request id in upper case and without violations in the body", async () => {
    const { body, violations } = await world().send({ address: "10.0.0.1", body: bad });
    expect(body).toEqual({
      code: "invalidRequest.inputArgs.invalid",
      requestid: expect.stringMatching(/^[0-9A-F-]{36}$/) as unknown,
      message: "the value 'x' is invalid for field 'Hours'",
    });
    expect(violations).toMatchObject([{ recordIndex: 0, field: "Hours", rule: "number" }]);
  });
});

describe("the call rate", () => {
  const world = useDingtalk({ environment: { DINGTALK_CALLS_PER_SECOND: "1" }, clock: { now: () => new Date(0) } });

  it("comes before the operator and belongs to one caller", async () => {
    expect(codeOf(await world().send({ query: { operatorId: "" } }))).toBe("MissingoperatorId");
    expect(codeOf(await world().send({ query: { operatorId: "" } }))).toBe("Forbidden.AccessDenied.QpsLimitForApi");
    expect(
      await world().send({ headers: {}, caller: { principal: "other", scopes: "all", grants: "all" } }),
    ).toMatchObject({ status: 200 });
  });
});

describe("with authorization off", () => {
  const world = useDingtalk();

  it("every token is accepted, and a missing one only from the data source", async () => {
    expect(await world().send({ headers: { "x-acs-dingtalk-access-token": "whatever" } })).toMatchObject({
      status: 200,
    });
    expect(codeOf(await world().send({ headers: {} }))).toBe("AuthenticationFailed.MissingParameter");
    expect(await world().insert()).toMatchObject({ __typename: "InsertRecordsSuccess", insertedCount: 1 });
  });
});
