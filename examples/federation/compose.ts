import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { composeSupergraph } from "./supergraph.js";

const { resolve } = createRequire(import.meta.url);
console.log(composeSupergraph(readFileSync(resolve("recordgate/schema.graphql"), "utf8")));
