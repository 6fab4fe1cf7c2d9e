import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { works } from "../load/works.js";
import { loadPeer } from "../peers/load.js";
import { findFreePort } from "../servers/free-port.js";
import { announcePort, waitUntilServed } from "./announce.js";
import { toMilvusOpenapi } from "./milvus-openapi.js";

// Stoplight Prism as its command starts it: it validates requests, refuses wrong ones, and answers an example.
const port = await findFreePort();
const document = join(process.env["FOLDER"] ?? "", "milvus.json");
const example = { code: 0, data: { insertCount: 1, insertIds: [1] } };
const insert = { url: `http://127.0.0.1:${port}`, path: works.restInsert.path, example };
writeFileSync(document, JSON.stringify(toMilvusOpenapi(insert)));

process.argv.splice(2, Infinity, "mock", document, "--errors", "--port", String(port));
loadPeer("@stoplight/prism-cli/dist/index.js");
await waitUntilServed(port);
announcePort(port);
