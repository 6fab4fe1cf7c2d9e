import { readFileSync } from "node:fs";
import { composeServices } from "@theguild/federation-composition";
import { parse } from "graphql";

const librarySdl = readFileSync(new URL("library.graphql", import.meta.url), "utf8");

/**
 * The supergraph of the library and Recordgate, for a router of federation 2.
 * @throws Error when they do not compose
 */
export function composeSupergraph(recordgateSdl: string): string {
  const { errors, supergraphSdl } = composeServices([
    { name: "recordgate", url: "http://127.0.0.1:4000/graphql", typeDefs: parse(recordgateSdl) },
    { name: "library", url: "http://127.0.0.1:4001/graphql", typeDefs: parse(librarySdl) },
  ]);
  if (errors !== undefined) throw new Error(errors.map(({ message }) => message).join("\n"));
  return supergraphSdl;
}
