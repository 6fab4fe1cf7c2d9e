import { describe, expect, test } from "vitest";
import { findRow, type Contract, type Limit } from "../../src/contract/contract.js";
import { findRowOfReply } from "../../src/contract/failures/row-of-reply.js";
import { compactJsonBytes } from "../../src/json/size.js";
import { measureLimit } from "../../src/contract/limits.js";
import { valueOf } from "../../src/contract/message.js";
import { matchPath } from "../../src/contract/paths.js";
import type { Provider } from "../../src/contract/provider.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../src/json/value.js";
import { writeOperations } from "../../src/core/write.js";
import * as registry from "../../src/providers/registry.js";
import type { LooseRequest } from "../contract/loose-request.js";
import { useService } from "../service/use-service.js";
import { requestOf } from "../service/write-over.js";
import { requestTo } from "./request-to.js";
import { sampleOf } from "./sample-of.js";

describe.each(Object.values(registry))("a limit of $id", (provider) => {
  const open = useService(provider, { secret: "any" });
  const checked = provider.contracts.flatMap((contract) =>
    limitsOf(contract).map((limit) => ({ contract, ...limit, label: `${limit.limit.name} of ${contract.name}` })),
  );

  test.each(checked)("accepts exactly the limit and refuses one more: $label", async ({ contract, limit, failure }) => {
    const { request, size } = await measuredRequest(provider, contract, limit);
    const rowWith = async (max: number) =>
      findRowOfReply(contract, await open({ settings: { [limit.setting]: max } }).send(request))?.name;
    expect(await rowWith(size - 1)).toBe(failure);
    expect(await rowWith(size)).not.toBe(failure);
  });

  test.each(
    checked.flatMap((each) =>
      each.contract.operation === undefined ? [] : [{ ...each, operation: each.contract.operation }],
    ),
  )("stores no record of a write above it: $label", async ({ contract, operation, limit, failure }) => {
    const { definition, target, records } = sampleOf(provider);
    const { size } = await measuredRequest(provider, contract, limit);
    const { kind, code } = findRow(contract, failure);
    const refusing = open({ settings: { [limit.setting]: size - 1 } });
    const collection = await refusing.create(definition);
    const upstream = code === undefined ? {} : { code: String(code) };
    await expect(refusing.write(operation, { target, records })).rejects.toMatchObject({
      details: { kind, outcome: "not-applied", upstream },
    });
    expect(await refusing.storedFields(collection)).toEqual([]);
    await expect(
      open({ settings: { [limit.setting]: size } }).write(operation, { target, records }),
    ).resolves.toMatchObject({});
  });
});

function limitsOf({ limits, checks }: Contract): readonly { readonly limit: Limit; readonly failure: string }[] {
  return limits.flatMap((limit) =>
    checks.flatMap((check) =>
      check.check === "limit" && check.limit === limit.name ? [{ limit, failure: check.failure }] : [],
    ),
  );
}

/** A request that the limit measures, and its measure. */
async function measuredRequest(
  provider: Provider,
  contract: Contract,
  limit: Limit,
): Promise<{ readonly request: LooseRequest; readonly size: number }> {
  const { definition, target, records } = sampleOf(provider);
  const writes = await Promise.all(
    writeOperations
      .filter((operation) => provider.targets[operation])
      .map((operation) => requestOf(provider, operation, { target, records })),
  );
  const own = writes.find(
    ({ path, method }) => method === contract.method && matchPath(contract.path, path) !== undefined,
  );
  const bodies = [
    ...(own === undefined ? writes : [own]).map(({ body }) => valueOf(body) ?? null),
    ...objectsIn(definition),
  ];
  for (const body of bodies) {
    const sizeBytes = compactJsonBytes(body);
    const size = measureLimit(limit, { value: body, sizeBytes }) ?? 0;
    const { method, path, query } = own ?? requestTo(contract);
    if (size > 0) return { request: { method, path, query, body, sizeBytes }, size };
  }
  throw new Error(`nothing in the sample of ${provider.id} is measured by the limit ${limit.name} of ${contract.name}`);
}

function objectsIn(value: JsonValue): readonly JsonObject[] {
  if (isJsonArray(value)) return value.flatMap(objectsIn);
  return isJsonObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}
