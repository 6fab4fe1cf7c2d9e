import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Contract } from "../../src/contract/contract.js";
import { defineContract } from "../../src/contract/define-contract.js";
import { extendFailures } from "../../src/contract/failures/failure-table.js";
import { defineProvider, type Provider } from "../../src/contract/provider.js";
import { endpoint } from "../../src/contract/service.js";
import { failures, serveToy, toyContract } from "./toy-contract.js";

/** What JavaScript, or a list without literal types, gets past the compiler. */
function defineUntyped(changes: object): Contract {
  const define: (contract: never) => Contract = defineContract;
  return define({ ...toyContract(), requiredScope: undefined, failures, ...changes } as never); // the types are what is left out here
}

const caller = { check: "caller", missing: "refused", failure: "no-key" };
const timeLimit = { check: "time-limit", header: "x-seconds", readMs: Number };
const size = { name: "body", setting: "MAX_BYTES", max: 1, unit: "bytes", description: "size" };

describe("a contract does not start, and its error names it and the culprit,", () => {
  it.each<[string, object, string]>([
    ["without a caller check", { limits: [], checks: [] }, "has 0 caller checks and is not public"],
    ["with two caller checks", { limits: [], checks: [caller, caller] }, "has 2 caller checks and is not public"],
    [
      "as a public one with a caller check",
      { limits: [], checks: [caller], public: true },
      "has 1 caller checks and is public",
    ],
    [
      "with a check that does not exist",
      { limits: [], checks: [caller, { check: "captcha", failure: "no-key" }] },
      "has a check captcha, which does not exist",
    ],
    [
      "with a check by a row that it does not have",
      { limits: [], checks: [{ ...caller, failure: "nope" }] },
      "has no failure row nope",
    ],
    [
      "with a missing key refused by a row that it does not have",
      { limits: [], checks: [{ ...caller, missingFailure: "nope" }] },
      "has no failure row nope",
    ],
    [
      "with a row whose message the check cannot fill",
      { limits: [], checks: [{ ...caller, failure: "bad-value" }] },
      "checks caller with the failure row bad-value, whose message asks for {problem}",
    ],
    [
      "with a check of a limit that it does not have",
      { limits: [], checks: [caller, { check: "limit", limit: "bodi", failure: "too-large" }] },
      "has no limit bodi",
    ],
    ["with a limit that no check names", { limits: [size], checks: [caller] }, "has a limit body that no check names"],
    [
      "of a write with a limit that cannot be measured record by record",
      {
        limits: [{ ...size, measure: () => 0 }],
        checks: [caller, { check: "limit", limit: "body", failure: "too-large" }],
      },
      "has a limit body, whose bytes cannot be measured record by record",
    ],
    [
      "with two limits of one name",
      { limits: [size, size], checks: [caller, { check: "limit", limit: "body", failure: "too-large" }] },
      "has two limits body",
    ],
    [
      "with a check of a scope where none is required",
      { limits: [], checks: [caller, { check: "scope", failure: "no-scope" }] },
      "checks a scope but requires none",
    ],
    [
      "with a scope that nothing checks",
      { requiredScope: "write", limits: [], checks: [caller] },
      "requires the scope write: nothing checks it",
    ],
    [
      "with a scope that a check and the service look at",
      {
        requiredScope: "write",
        scopeCheckedBy: "service",
        limits: [],
        checks: [caller, { check: "scope", failure: "no-scope" }],
      },
      "requires the scope write: both a check and the service check it",
    ],
    [
      "as a public one with a scope",
      { requiredScope: "write", limits: [], checks: [], public: true },
      "is public and requires the scope write",
    ],
    [
      "with a scope checked before the caller",
      { requiredScope: "write", limits: [], checks: [{ check: "scope", failure: "no-scope" }, caller] },
      "checks scope before the caller",
    ],
    [
      "with a time limit before the caller",
      { limits: [], checks: [{ ...timeLimit, failure: "late" }, caller] },
      "checks time-limit before the caller",
    ],
    [
      "with a time limit whose row says that nothing was applied",
      { limits: [], checks: [caller, { ...timeLimit, failure: "no-key" }] },
      "limits the time with the failure row no-key, whose outcome is not-applied",
    ],
    [
      "with a scope that its dialect does not have",
      { requiredScope: "wrte", scopeCheckedBy: "service", limits: [], checks: [caller] },
      "requires the scope wrte, which its dialect does not have",
    ],
  ])("%s", (_name, changes, problem) => {
    expect(() => defineUntyped(changes)).toThrow(`contract insert ${problem}`);
  });

  it("but does when its parts fit", () => {
    expect(
      defineUntyped({ requiredScope: "write", limits: [], checks: [caller, { check: "scope", failure: "no-scope" }] })
        .name,
    ).toBe("insert");
    expect(
      defineUntyped({ requiredScope: "write", limits: [], checks: [caller], scopeCheckedBy: "service" }).name,
    ).toBe("insert");
    expect(defineUntyped({ limits: [], checks: [], public: true }).public).toBe(true);
  });
});

it("a failure table does not start with two rows of one name", () => {
  const row = { name: "bad-value", status: 400, message: "", kind: "invalid-input" } as const;
  expect(() => extendFailures(failures, { source: "nowhere", rows: [row] })).toThrow(
    "one table has two failure rows named bad-value",
  );
});

it("a failure row that does not say when to resend a request means never", () => {
  const silent = { name: "silent", status: 503, message: "", kind: "unavailable" } as const;
  const { rows } = extendFailures(failures, {
    source: "nowhere",
    rows: [silent, { ...silent, name: "told", retry: "yes" }],
  });
  expect(rows.slice(-2).map(({ name, retry }) => [name, retry])).toEqual([
    ["silent", "no"],
    ["told", "yes"],
  ]);
});

describe("a provider does not start", () => {
  const contract = toyContract();
  const other = defineContract({
    ...contract,
    failures,
    name: "other",
    path: "/v1/other",
    limits: [],
    checks: [],
    public: true,
    requiredScope: undefined,
  });
  const answer = (answered: Contract) => endpoint(answered, () => Promise.resolve({ body: {} }));

  function provide(changes: Partial<Pick<Provider, "contracts" | "settings" | "createService">> = {}): Provider {
    return defineProvider({
      id: "toy",
      title: "Toy",
      root: [],
      contracts: [contract, other],
      collections: {
        definition: z.object({}),
        toCollection: () => ({ space: { name: "s", definition: {} }, name: "c", definition: {} }),
        toFields: () => ({}),
      },
      createService: () => [answer(contract), answer(other)],
      dataSource: { targets: {}, connect: () => ({}) },
      samples: [],
      ...changes,
    });
  }

  it.each<[string, Parameters<typeof provide>[0], string]>([
    ["with two contracts of one name", { contracts: [contract, contract] }, "provider toy has two contracts insert"],
    [
      "with two contracts at one path",
      { contracts: [contract, { ...contract, name: "again" }] },
      "provider toy has two contracts POST /v1/{}/rows",
    ],
    [
      "with two contracts at one path with other names in it",
      { contracts: [contract, { ...contract, name: "again", path: "/v1/{id}/rows" }] },
      "provider toy has two contracts POST /v1/{}/rows",
    ],
    [
      "with a setting that a limit has already",
      { settings: z.object({ MAX_ROWS: z.string() }) },
      "provider toy declares the setting MAX_ROWS",
    ],
  ])("%s", (_name, changes, problem) => {
    expect(() => provide(changes)).toThrow(problem);
  });

  it.each<[string, readonly Contract[], string]>([
    ["when a contract has no endpoint", [contract], "provider toy has no endpoint for contract other"],
    [
      "when an endpoint has no contract of the provider",
      [contract, other, toyContract()],
      "provider toy has an endpoint for insert, which is not one of its contracts",
    ],
    [
      "when a contract has two endpoints",
      [contract, other, contract],
      "provider toy has two endpoints for contract insert",
    ],
  ])("%s", (_name, answered, problem) => {
    const provider = provide({ createService: () => answered.map(answer) });
    expect(() => provider.createService()).toThrow(problem);
  });

  it("but does when every contract is answered once", () => {
    expect(provide().createService()).toHaveLength(2);
  });
});

it("a router does not start with a setting that no contract has", () => {
  expect(() => serveToy({ settings: { MAX_ROWZ: 4 } })).toThrow(
    "the setting MAX_ROWZ does not exist in the contracts insert",
  );
});

it("a caller whom no check has found out may do nothing", async () => {
  const contract: Contract = { ...toyContract(), checks: [{ check: "scope", failure: "no-scope" }] };
  const all = { principal: "root", scopes: "all", grants: "all" } as const;
  expect(await serveToy({ contract, authorization: "off" })({ caller: all })).toMatchObject({
    status: 403,
    body: { message: "anyone lacks write" },
  });
});
