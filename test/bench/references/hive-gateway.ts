import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { GraphQLSchema } from "graphql";
import { importPeer, loadPeer } from "../peers/load.js";
import { findFreePort } from "../servers/free-port.js";
import { announcePort, waitUntilServed } from "./announce.js";
import { toMilvusOpenapi } from "./milvus-openapi.js";

interface OpenapiLoader {
  readonly loadOpenAPISubgraph: (
    name: string,
    options: { readonly source: string; readonly endpoint: string },
  ) => (context: { readonly fetch: typeof fetch; readonly cwd: string; readonly logger: object }) => {
    readonly name: string;
    readonly schema$: Promise<GraphQLSchema>;
  };
}
interface Composition {
  readonly getUnifiedGraphGracefully: (
    subgraphs: readonly { readonly name: string; readonly schema: GraphQLSchema }[],
  ) => string;
}

const ignore = (): void => undefined;
const silent = { child: () => silent, log: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

// Hive Gateway as its command starts it, over a supergraph that Mesh composes from an OpenAPI document.
const endpoint = process.env["UPSTREAM"] ?? "";
const folder = process.env["FOLDER"] ?? "";
const source = join(folder, "milvus.json");
writeFileSync(source, JSON.stringify(toMilvusOpenapi({ url: endpoint, path: "/v1/vector/insert" })));

const { loadOpenAPISubgraph } = loadPeer<OpenapiLoader>("@omnigraph/openapi");
const { getUnifiedGraphGracefully } = loadPeer<Composition>("@graphql-mesh/fusion-composition");
const subgraph = loadOpenAPISubgraph("milvus", { source, endpoint })({ fetch, cwd: folder, logger: silent });
const supergraph = join(folder, "supergraph.graphql");
writeFileSync(supergraph, getUnifiedGraphGracefully([{ name: subgraph.name, schema: await subgraph.schema$ }]));

const port = await findFreePort();
process.argv.splice(2, Infinity, "supergraph", supergraph, "--host", "127.0.0.1", "--port", String(port));
await importPeer("@graphql-hive/gateway/dist/bin.js");
await waitUntilServed(port);
announcePort(port);
