import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import type { JsonObject } from "../../src/json/value.js";
import { builtInProviders, createTestApp, type TestApp } from "../../src/index.js";

interface ProviderData {
  readonly recordProvider: { readonly id: string; readonly title: string } | null;
}

const providerDocument: TypedDocumentNode<ProviderData, { readonly id: string }> = parse(
  "query ($id: ID!) { recordProvider(id: $id) { id title } }",
);
const providersDocument: TypedDocumentNode<
  { readonly recordProviders: readonly { readonly id: string }[] },
  Record<string, never>
> = parse("{ recordProviders { id } }");

describe("app.graphql", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp();
  });
  afterAll(() => app.close());

  it("takes a typed document as well as a text, and answers as the document or the caller says", async () => {
    const { data } = await app.graphql(providerDocument, { id: "milvus" });
    expectTypeOf(data).toEqualTypeOf<ProviderData | null | undefined>();
    expect(data?.recordProvider?.title).toBe("Milvus");
    const { data: list } = await app.graphql(providersDocument);
    expect(list?.recordProviders.map(({ id }) => id)).toEqual(builtInProviders.map(({ id }) => id));
    const { data: named } = await app.graphql<ProviderData>(`{ recordProvider(id: "none") { id title } }`);
    expectTypeOf(named).toEqualTypeOf<ProviderData | null | undefined>();
    expect(named).toEqual({ recordProvider: null });
    const { data: plain } = await app.graphql("query ($id: ID!) { recordProvider(id: $id) { id } }", { id: "milvus" });
    expectTypeOf(plain).toEqualTypeOf<JsonObject | null | undefined>();
    expect(plain).toEqual({ recordProvider: { id: "milvus" } });
  });

  it("does not compile without the variables of a typed document, nor with others", async () => {
    // @ts-expect-error: `id` is mandatory.
    const absent = await app.graphql(providerDocument);
    // @ts-expect-error: `id` is text.
    const wrong = await app.graphql(providerDocument, { id: ["milvus"] });
    for (const { errors } of [absent, wrong])
      expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
    // @ts-expect-error: the document has no variables.
    const { data } = await app.graphql(providersDocument, { id: "milvus" });
    expect(data?.recordProviders).toHaveLength(builtInProviders.length);
  });
});
