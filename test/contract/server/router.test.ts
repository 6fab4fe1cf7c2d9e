import { describe, expect, it } from "vitest";
import type { CallCount } from "../../../src/contract/check.js";
import { RefusalError } from "../../../src/contract/failures/failure-row.js";
import type { Query } from "../../../src/contract/message.js";
import { UnstorableValueError } from "../../../src/json/storable.js";
import { StoreUnavailableError } from "../../../src/core/store.js";
import { allChecks, callerCheck, failures, serveToy, toyContract, toyRequest } from "../toy-contract.js";

describe("the checks", () => {
  const many = { rows: [1, 2, 3, 4] };

  it("come in the order of the contract, and the first that fails answers", async () => {
    const settings = { CALLS: 0 };
    const nobody = { principal: "nobody", scopes: [], grants: [] };
    const wrong = { headers: {}, body: { rows: "x" }, sizeBytes: 101 };
    expect(await serveToy({ caller: nobody, settings })(wrong)).toMatchObject({ status: 401, body: { code: 2 } });
    expect(
      await serveToy({ caller: nobody, settings })({ ...wrong, headers: { authorization: "Bearer k" } }),
    ).toMatchObject({ body: { message: "nobody lacks write" } });
    expect(await serveToy({ settings })({ ...wrong, headers: { authorization: "Bearer k" } })).toMatchObject({
      body: { code: 4 },
    });
    expect(await serveToy()({ body: { rows: "x" }, sizeBytes: 101 })).toMatchObject({
      body: { message: "101 over 100 bytes" },
    });
    expect(await serveToy()({ body: { rows: "x" } })).toMatchObject({ body: { message: "bad rows" } });
    expect(await serveToy()({ body: many })).toMatchObject({ body: { message: "at most 3, not 4" } });
  });

  it("come in another order when the contract says so", async () => {
    const contract = toyContract([...allChecks.slice(3).toReversed(), ...allChecks.slice(0, 3)]);
    expect(await serveToy({ contract })({ body: many, headers: {} })).toMatchObject({ body: { code: 1 } });
  });

  it("let exactly the limit pass", async () => {
    expect(await serveToy()({ body: { rows: [1, 2, 3] }, sizeBytes: 100 })).toMatchObject({
      status: 200,
      body: { count: 1 },
    });
  });

  it("take a limit from the settings", async () => {
    expect(await serveToy({ settings: { MAX_ROWS: 4 } })({ body: many })).toMatchObject({ status: 200 });
  });

  it("say why a body that arrived is no JSON", async () => {
    expect(await serveToy()({ body: undefined, bodyProblem: "it ends too early" })).toMatchObject({
      body: { message: "bad it ends too early" },
    });
  });

  it("refuse an unknown key whoever passes the request on, and believe a caller without one", async () => {
    const caller = { principal: "somebody", scopes: [], grants: [] };
    expect(await serveToy()({ headers: { authorization: "Bearer other" }, caller })).toMatchObject({ status: 401 });
    expect(await serveToy()({ headers: {}, caller })).toMatchObject({ body: { message: "somebody lacks write" } });
  });

  it("let a missing key pass only with authorization off and where the contract accepts that", async () => {
    expect(await serveToy({ authorization: "off" })({ headers: {} })).toMatchObject({ status: 200 });
    const contract = toyContract([{ check: "caller", missing: "refused", failure: "no-key" }]);
    expect(await serveToy({ authorization: "off", contract })({ headers: {} })).toMatchObject({ status: 401 });
  });

  it("tell a missing key from a wrong one where the contract does", async () => {
    const contract = toyContract([
      { check: "caller", missing: "refused", failure: "no-key", missingFailure: "not-from-here" },
    ]);
    expect(await serveToy({ contract })({ headers: {} })).toMatchObject({ status: 403 });
    expect(await serveToy({ contract })({ headers: { authorization: "Bearer other" } })).toMatchObject({ status: 401 });
  });

  it("let in addresses that are allowed, and any while none is configured", async () => {
    const contract = toyContract([callerCheck, { check: "address", failure: "not-from-here" }]);
    const only = (wanted: string) => ({ contract, allowedAddresses: (address?: string) => address === wanted });
    expect(await serveToy(only("10.0.0.1"))({ address: "10.0.0.1" })).toMatchObject({ status: 200 });
    expect(await serveToy(only("10.0.0.1"))({ address: "10.0.0.2" })).toMatchObject({ status: 403 });
    expect(await serveToy(only("10.0.0.1"))()).toMatchObject({ status: 403 });
    expect(await serveToy({ contract })()).toMatchObject({ status: 200 });
  });

  it("miss a query parameter that is absent or empty", async () => {
    const send = serveToy({
      contract: toyContract([callerCheck, { check: "query", parameter: "who", failure: "bad-query" }]),
    });
    const queries: Query[] = [{}, { who: "" }, { who: [] }, { who: ["", "me"] }, { whose: "me" }];
    for (const query of queries) expect(await send({ query })).toMatchObject({ status: 400 });
    expect(await send({ query: { who: "me" } })).toMatchObject({ status: 200 });
  });

  it("count the calls of a caller", async () => {
    const send = serveToy({ settings: { CALLS: 1 } });
    expect([(await send()).status, (await send()).status]).toEqual([200, 429]);
  });

  it("count them in a window that can be configured, and tell the caller where the contract does", async () => {
    let now = 0;
    const headers = ({ remaining, resetAfterMs }: CallCount) => ({ "x-left": `${remaining}, ${resetAfterMs} ms` });
    const contract = toyContract([
      callerCheck,
      {
        check: "call-rate",
        setting: "CALLS",
        windowMs: 60_000,
        windowSetting: "SECONDS",
        headers,
        failure: "too-often",
      },
    ]);
    const send = serveToy({ contract, settings: { CALLS: 1, SECONDS: 2 }, clock: { now: () => new Date(now) } });
    expect(await send()).toMatchObject({ status: 200, headers: { "x-toy": "1", "x-left": "0, 2000 ms" } });
    now = 1999;
    expect(await send()).toMatchObject({ status: 429, headers: { "x-toy": "1", "x-left": "-1, 1 ms" } });
    now = 2000;
    expect(await send()).toMatchObject({ status: 200 });
  });
});

describe("a reply", () => {
  it("carries the dialect's headers, and the challenge only when it is about the credentials", async () => {
    expect((await serveToy()()).headers).toEqual({ "x-toy": "1" });
    expect((await serveToy()({ headers: {} })).headers).toEqual({ "x-toy": "1", "www-authenticate": "Bearer" });
  });

  it("carries violations beside the body", async () => {
    const reply = await serveToy()({ body: {} });
    expect(reply.violations).toEqual([{ rule: "shape", message: "bad shape" }]);
    expect(JSON.stringify(reply.body)).not.toContain("violations");
  });

  it("of success carries what was left out in the same place", async () => {
    const violations = [{ recordIndex: 1, rule: "type", message: "no number" }];
    const answering = (left: typeof violations) =>
      serveToy({ answer: () => Promise.resolve({ body: { count: 1 }, violations: left }) })();
    expect(await answering(violations)).toMatchObject({ status: 200, body: { count: 1 }, violations });
    expect((await answering([])).violations).toBeUndefined();
  });

  it("to an unknown path or method is the dialect's own, as plain text where the row says so", async () => {
    for (const request of [{ path: "/v1/t" }, { method: "GET" }, { path: "/v1//rows" }] as const) {
      expect(await serveToy()(request)).toMatchObject({
        status: 404,
        headers: { "content-type": "text/plain" },
        body: "404 page not found",
      });
    }
  });
});

describe("an error in a service", () => {
  const secret = "SELECT * FROM secret";

  it("is logged and masked", async () => {
    const logged: object[] = [];
    const log = { info: () => undefined, warn: () => undefined, error: (details: object) => logged.push(details) };
    const reply = await serveToy({ log, answer: () => Promise.reject(new Error(secret)) })();
    expect(reply).toMatchObject({ status: 500, body: { code: 50, message: "it is us", requestId: "request-1" } });
    expect(JSON.stringify(reply)).not.toContain(secret);
    expect(logged).toEqual([expect.objectContaining({ contract: "insert" })]);
  });

  it.each([
    ["not-applied", 51],
    ["unknown", 52],
  ] as const)("about a database that is away tells whether the write is %s", async (outcome, code) => {
    const reply = await serveToy({ answer: () => Promise.reject(new StoreUnavailableError(secret, outcome)) })();
    expect(reply).toMatchObject({ body: { code } });
    expect(JSON.stringify(reply)).not.toContain(secret);
  });

  it.each([
    [
      { recordIndex: 3, field: "a\0" },
      { recordIndex: 3, field: String.raw`a\u0000` },
      String.raw`bad record 3, field a\u0000: contains U+0000`,
    ],
    [{ field: "name" }, { field: "name" }, "bad field name: contains U+0000"],
    [{}, {}, "bad a value contains U+0000"],
  ])(
    "about a value that cannot be stored says where it stands, if that is known: %j",
    async (place, shown, message) => {
      const reply = await serveToy({
        answer: () => Promise.reject(new UnstorableValueError({ reason: "nul", ...place })),
      })();
      expect(reply).toMatchObject({
        status: 400,
        body: { message },
        violations: [{ ...shown, rule: "storable", message: "contains U+0000" }],
      });
    },
  );

  it("that is a refusal is answered with its row", async () => {
    expect(
      await serveToy({ answer: () => Promise.reject(failures.refuse("too-often", { limit: 7 })) })(),
    ).toMatchObject({ status: 429, body: { message: "at 7 a minute" } });
  });

  it("that is a refusal by a row that the contract does not have is a defect: logged and masked", async () => {
    const logged: object[] = [];
    const log = { info: () => undefined, warn: () => undefined, error: (details: object) => logged.push(details) };
    const error = new RefusalError({ failure: "to-often" });
    expect(await serveToy({ log, answer: () => Promise.reject(error) })()).toMatchObject({
      status: 500,
      body: { code: 50, message: "it is us" },
    });
    expect(logged).toEqual([{ contract: "insert", requestId: "request-1", error }]);
  });

  it.each([
    [{}, "request-1"],
    [{ "x-request-id": "a1.B2:c_3-d" }, "a1.B2:c_3-d"],
    [{ "x-request-id": "a\nb" }, "request-1"],
    [{ "x-request-id": "-a" }, "request-1"],
    [{ "x-request-id": "a".repeat(129) }, "request-1"],
  ])(
    "that is a defect has one id in the log and the reply: that of the client, if it is safe: %j",
    async (headers, id) => {
      const logged: object[] = [];
      const log = { info: () => undefined, warn: () => undefined, error: (details: object) => logged.push(details) };
      for (const error of [new Error(secret), new StoreUnavailableError(secret, "not-applied")]) {
        const send = serveToy({ log, answer: () => Promise.reject(error) });
        const reply = await send({ headers: { ...toyRequest.headers, ...headers } });
        expect(reply.headers).toMatchObject({ "recordgate-request-id": id });
        expect(logged.pop()).toEqual({ contract: "insert", requestId: id, error });
      }
    },
  );

  it("has no id when it is a refusal", async () => {
    const reply = await serveToy({ answer: () => Promise.reject(failures.refuse("too-often", { limit: 7 })) })();
    expect(reply.headers).not.toHaveProperty("recordgate-request-id");
  });

  it("is not put into a message: a parameter's braces stay as they are", async () => {
    expect(
      await serveToy({ answer: () => Promise.reject(failures.refuse("bad-value", { problem: "{limit} $& $1" })) })(),
    ).toMatchObject({ body: { message: "bad {limit} $& $1" } });
  });
});
