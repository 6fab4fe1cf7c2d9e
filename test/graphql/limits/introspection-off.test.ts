import { describe, expect, it } from "vitest";
import { createFakeWorld } from "../fake-world.js";

describe("introspection that is switched off", () => {
  const off = { INTROSPECTION: "off" };

  it.each([
    "{ __schema { types { name } } }",
    '{ __type(name: "Query") { name } }',
    "{ _service { sdl } }",
    "{ ...f } fragment f on Query { s: __schema { types { name } } }",
  ])("refuses %s", async (query) => {
    const { data, errors = [] } = await (await createFakeWorld({ settings: off })).execute({ query });
    expect(data ?? null).toBeNull();
    expect(errors[0]?.message).toMatch(/^(__schema|__type|_service): this server does not answer introspection$/);
    expect((await (await createFakeWorld()).execute({ query })).errors).toBeUndefined();
  });

  it("answers __typename, and proposes no names of the schema", async () => {
    const world = await createFakeWorld({ settings: off });
    expect(await world.execute({ query: "{ __typename }" })).toEqual({ data: { __typename: "Query" } });
    const { errors = [] } = await world.execute({ query: "{ recordCollectio { id } }" });
    expect(errors[0]?.message).not.toContain("Did you mean");
  });
});
