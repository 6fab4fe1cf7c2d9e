import type { ServiceContext } from "../../../src/contract/service.js";
import { expect, it } from "vitest";
import { unlimitedCaller } from "../../../src/contract/credentials.js";
import { programScope, RequestScope } from "../../../src/core/request-scope.js";
import { serveToy } from "../toy-contract.js";

it("gives a service the store of the request, in the spaces that the caller sees", async () => {
  const asked: unknown[][] = [];
  const contextOf = (...given: unknown[]): ServiceContext => {
    asked.push(given);
    return {} as ServiceContext; // The toy answers without it.
  };
  const [scope, spaces] = [new RequestScope(), [{ name: "one" }] as const];
  const visible = { read: "all", write: spaces, manage: "all" } as const;
  const caller = { ...unlimitedCaller("k"), visible };
  expect(await serveToy({ contextOf, caller })({ scope })).toMatchObject({ status: 200 });
  expect(await serveToy({ contextOf })({ scope: programScope })).toMatchObject({ status: 200 });
  expect(asked.map(([, seen]) => seen)).toEqual([spaces, "all"]);
  expect(asked[0]?.[0]).toBe(scope);
  expect(asked[1]?.[0]).toBe(programScope);
});
