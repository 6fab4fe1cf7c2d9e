import { readFileSync } from "node:fs";
import { type DocumentNode, parse } from "graphql";
import { expect, it } from "vitest";
import { createTestApp } from "../../src/test-app.js";
import { neighbourSdl } from "../graphql/schema/neighbour-subgraph.js";
import { loadClient } from "./load.js";

interface Composition {
  readonly composeServices: (
    subgraphs: readonly { readonly name: string; readonly url: string; readonly typeDefs: DocumentNode }[],
  ) => {
    readonly errors?: readonly Error[];
    readonly supergraphSdl?: string;
  };
}

const { composeServices } = loadClient<Composition>("@apollo/composition");

async function askForSdl(): Promise<string> {
  const app = await createTestApp();
  const { data } = await app.graphql("{ _service { sdl } }");
  await app.close();
  return (data as unknown as { _service: { sdl: string } })._service.sdl;
}

it.each([
  ["the emitted file", () => readFileSync("schema/schema.graphql", "utf8")],
  ["what a router is told", askForSdl],
])(
  "Apollo's own composition takes %s beside a subgraph with its own record, collection and provider",
  async (_name, read) => {
    const composed = composeServices([
      { name: "recordgate", url: "http://127.0.0.1:4000/graphql", typeDefs: parse(await read()) },
      { name: "neighbour", url: "http://127.0.0.1:4001/graphql", typeDefs: parse(neighbourSdl) },
    ]);
    expect(composed.errors?.map(({ message }) => message)).toBeUndefined();
    expect(composed.supergraphSdl).toMatch(/ recordCollection\(/);
    expect(composed.supergraphSdl).toMatch(/ record\(id: ID!\): RecordResult /);
    expect(composed.supergraphSdl).toContain("input InsertTarget");
  },
);
