import { readFileSync } from "node:fs";
import { composeServices } from "@theguild/federation-composition";
import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { createFakeWorld } from "../fake-world.js";
import { neighbourSdl } from "./neighbour-subgraph.js";

/** What a router is told when it asks this server. */
async function askForSdl(): Promise<string> {
  const { data } = await (await createFakeWorld()).execute({ query: "{ _service { sdl } }" });
  return (data as { _service: { sdl: string } })._service.sdl;
}

describe("a supergraph", () => {
  it.each([
    ["the emitted file", () => readFileSync("schema/schema.graphql", "utf8")],
    ["what a router is told", askForSdl],
  ])("is composed of %s beside a subgraph with its own record, collection and provider", async (_name, read) => {
    const composed = composeServices([
      { name: "recordgate", typeDefs: parse(await read()) },
      { name: "neighbour", typeDefs: parse(neighbourSdl) },
    ]);
    expect(composed.errors).toBeUndefined();
    expect(composed.supergraphSdl).toContain("input InsertTarget");
    expect(composed.supergraphSdl).toContain("@oneOf");
    expect(composed.publicSdl).toContain("type WriteNotFoundError implements WriteError");
    expect(composed.publicSdl).toMatch(/ record\(id: ID!\): RecordResult\n/);
    expect(composed.publicSdl).toMatch(/ recordCollection\(/);
  });

  it("is told of everything that composition reads", async () => {
    const sdl = await askForSdl();
    for (const word of [
      "@link",
      "@key",
      "directive @oneOf on INPUT_OBJECT",
      "input InsertTarget @oneOf",
      "@specifiedBy",
    ])
      expect(sdl).toContain(word);
  });
});
