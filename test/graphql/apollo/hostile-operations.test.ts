import { describe, expect, it } from "vitest";
import { createFakeWorld } from "../fake-world.js";

const many = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_item, index) => each(index)).join(" ");

/** Each fragment spreads the next one, the last has `end`. */
function chain(count: number, end: string): string {
  const next = (index: number): string => (index + 1 < count ? `...f${index + 1}` : end);
  return `{ ...f0 } ${many(count, (index) => `fragment f${index} on Query { ${next(index)} }`)}`;
}

/** What the program refuses without its limits, which stand before it. */
const withoutLimits = Object.fromEntries(
  ["NODES", "ROOT_FIELDS", "ALIASES", "DIRECTIVES", "SELECTIONS"].map((name) => [`GRAPHQL_MAX_${name}`, "1000000"]),
);

const tooManyLevels = "the operation and its fragments have more than 1000 levels together";

describe("an operation that nothing can execute is the client's error, and is not logged", () => {
  it.each([
    [
      "a subscription",
      "subscription { __typename }",
      "GRAPHQL_VALIDATION_FAILED",
      "this server does not have subscriptions",
    ],
    [
      "a subscription beside a query",
      "query { __typename } subscription s { __typename }",
      "GRAPHQL_VALIDATION_FAILED",
      undefined,
    ],
    ["9,000 fragments in a chain", chain(9000, "__typename"), "GRAPHQL_PARSE_FAILED", tooManyLevels],
    ["9,000 fragments in a circle", chain(9000, "...f0"), "GRAPHQL_PARSE_FAILED", tooManyLevels],
    ["900 fragments in a circle", chain(900, "...f0"), "GRAPHQL_VALIDATION_FAILED", undefined],
    [
      "fragments whose levels add up",
      chain(20, `recordProviders ${"{ a ".repeat(100)}${"} ".repeat(100)}`).repeat(20),
      "GRAPHQL_PARSE_FAILED",
      tooManyLevels,
    ],
    [
      "a fragment that spreads itself",
      "{ ...f } fragment f on Query { ...f }",
      "GRAPHQL_VALIDATION_FAILED",
      'Cannot spread fragment "f" within itself.',
    ],
    [
      "45,000 unknown directives",
      `{ __typename ${"@x ".repeat(45_000)} }`,
      "GRAPHQL_VALIDATION_FAILED",
      'Unknown directive "@x".',
    ],
    [
      "14,000 directives of one field",
      `{ __typename ${"@skip(if: true) ".repeat(14_000)} }`,
      "GRAPHQL_VALIDATION_FAILED",
      undefined,
    ],
    ["90,000 times the same field", `{ ${"__typename ".repeat(90_000)} }`, "GRAPHQL_VALIDATION_FAILED", undefined],
    [
      "15,000 unused variables",
      `query (${many(15_000, (index) => `$v${index}: Int`)}) { __typename }`,
      "GRAPHQL_VALIDATION_FAILED",
      undefined,
    ],
  ])("%s", async (_name, query, code, message) => {
    const world = await createFakeWorld({ settings: withoutLimits });
    const { data, errors = [] } = await world.execute({ query });
    expect(data ?? null).toBeNull();
    expect(errors[0]?.extensions).toEqual({ code });
    if (message !== undefined) expect(errors[0]?.message).toBe(message);
    expect(world.logged).toEqual([]);
  });
});

describe("an operation that is only large is executed where the limits allow it", () => {
  it.each([
    ["10,000 aliases", `{ ${many(10_000, (index) => `a${index}: __typename`)} }`, 10_000],
    ["900 fragments in a chain", chain(900, "__typename"), 1],
    ["a fragment spread 30,000 times", `{ ${"...f ".repeat(30_000)} } fragment f on Query { __typename }`, 1],
  ])("%s", async (_name, query, fields) => {
    const { data, errors } = await (await createFakeWorld({ settings: withoutLimits })).execute({ query });
    expect(errors).toBeUndefined();
    expect(Object.keys(data ?? {})).toHaveLength(fields);
  });
});
