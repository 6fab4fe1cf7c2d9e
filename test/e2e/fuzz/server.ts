import { systemCaller } from "../../../src/core/access/caller.js";
import { Socket } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { grantAccess, schemaOf, toCollections } from "../../cases/case-state.js";
import { openTestApp } from "../../service/open-test-app.js";
import { faceOf, providerOf, readCases } from "./corpus.js";

/**
 * The program with a collection behind one face, and a report of its memory. A test starts it and talks to it by
 * messages.
 */
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void; // The flag defines the function.

const [id = ""] = process.argv.slice(2);
const [face, provider] = [faceOf(id), providerOf(id)];
const [file, given] = [readCases(face), { schema: face.schema }];
const app = await openTestApp({
  environment: { AUTHORIZATION: "on", DATABASE_URL: process.env["DATABASE_URL"], LOG_LEVEL: "error" },
});

/** Creates again collections that a request may have deleted. */
async function prepare(): Promise<void> {
  for (const { definition } of toCollections(provider, schemaOf(provider, file, given) ?? {}))
    await app.manageCollections.ensure(systemCaller, id, definition);
}

/** The sockets of clients and of the database. */
function openSockets(): readonly Socket[] {
  const { _getActiveHandles: handles } = process as unknown as { readonly _getActiveHandles: () => readonly unknown[] }; // Node has no public function for this.
  return handles.call(process).filter((handle) => handle instanceof Socket);
}

/** Collects garbage twice: the first round makes further objects collectable. */
function measure(): { readonly rssBytes: number; readonly sockets: number } {
  collectGarbage();
  collectGarbage();
  return {
    rssBytes: process.memoryUsage.rss(),
    sockets: openSockets().filter(({ localPort }) => localPort === port).length,
  };
}

const { url } = await app.listen();
const port = Number(new URL(url).port);

const answers: Readonly<Record<string, () => Promise<object>>> = {
  prepare: () => prepare().then(() => ({})),
  measure: () => new Promise((resolve) => setTimeout(() => resolve(measure()), 500)),
  close: () => app.close().then(() => ({})),
};

await grantAccess(app, { provider, file, given });
await prepare();
process.on("message", (message) => void answers[String(message)]?.().then((answer) => process.send?.(answer)));
process.send?.({ url });
