import { Socket } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createTestApp } from "../../../src/test-app.js";
import { adapterOf } from "../../cases/plan.js";
import { faceOf, schemaOf } from "./corpus.js";

/** The program with a place for records behind one face, and what tells of its memory. Started by a test, which it talks to. */
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void; // the flag makes it

const [id = ""] = process.argv.slice(2);
const adapter = adapterOf({ id });
const schema = schemaOf(faceOf(id));
const app = await createTestApp({ environment: { AUTHORIZATION: "on", DATABASE_URL: process.env["DATABASE_URL"], LOG_LEVEL: "error" } });

/** What a request may have deleted is made again. */
async function prepare(): Promise<void> {
  for (const definition of adapter.toDefinitions(schema)) {
    await app.manageCollections.ensure(id, definition);
  }
}

/** Those of clients and of the database. */
function openSockets(): readonly Socket[] {
  const { _getActiveHandles: handles } = process as unknown as { readonly _getActiveHandles: () => readonly unknown[] }; // Node has no public way to ask
  return handles.call(process).filter((handle) => handle instanceof Socket);
}

/** Twice: what the first round frees lets go of more. */
function measure(): { readonly rssBytes: number; readonly sockets: number } {
  collectGarbage();
  collectGarbage();
  return { rssBytes: process.memoryUsage.rss(), sockets: openSockets().filter(({ localPort }) => localPort === port).length };
}

const { url } = await app.listen();
const port = Number(new URL(url).port);

const answers: Readonly<Record<string, () => Promise<object>>> = {
  prepare: () => prepare().then(() => ({})),
  measure: () => new Promise((resolve) => setTimeout(() => resolve(measure()), 500)),
  close: () => app.close().then(() => ({})),
};

await app.manageCollections.grantAccess(id, adapter.access({ users: [] }, schema));
await prepare();
process.on("message", (message) => void answers[String(message)]?.().then((answer) => process.send?.(answer)));
process.send?.({ url });
