import { systemRequest } from "../../../src/core/request-scope.js";
import { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { grantAccess, schemaOf, toCollections } from "../../cases/case-state.js";
import { openTestApp } from "../../service/open-test-app.js";
import { faceOf, faces, providerOf, readCases } from "./corpus.js";
import type { FuzzAnswer, FuzzQuestion } from "./fuzz-server.js";

/**
 * The program with a collection behind each face, and a report of its memory. A test starts it and talks to it by
 * messages.
 */
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void; // The flag defines the function.

const app = await openTestApp({
  environment: { AUTHORIZATION: "on", DATABASE_URL: process.env["DATABASE_URL"], LOG_LEVEL: "error" },
});

function worldOf(id: string) {
  const face = faceOf(id);
  return { provider: providerOf(id), file: readCases(face), given: { schema: face.schema } };
}

/** Creates the collections of the face that do not exist, or no longer. */
async function prepare(id: string): Promise<void> {
  const { provider, file, given } = worldOf(id);
  for (const { definition } of toCollections(provider, schemaOf(provider, file, given) ?? {}))
    await app.manageCollections.ensure(systemRequest, id, definition);
}

/** The sockets of clients and of the database. */
function openSockets(): readonly Socket[] {
  const { _getActiveHandles: handles } = process as unknown as { readonly _getActiveHandles: () => readonly unknown[] }; // Node has no public function for this.
  return handles.call(process).filter((handle) => handle instanceof Socket);
}

/** Collects garbage several times: one round makes further objects collectable, and V8 returns pages a little later. */
async function measure(): Promise<Omit<FuzzAnswer, "url">> {
  for (let round = 0; round < 5; round += 1) {
    await wait(100);
    collectGarbage();
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return {
    rssBytes: rss,
    heapBytes: heapUsed + external,
    sockets: openSockets().filter(({ localPort }) => localPort === port).length,
  };
}

const { url } = await app.listen();
const port = Number(new URL(url).port);

const answers: Readonly<Record<FuzzQuestion["ask"], (provider: string) => Promise<object>>> = {
  prepare: (provider) => prepare(provider).then(() => ({})),
  measure,
  close: () => app.close().then(() => ({})),
};

for (const id of Object.keys(faces)) {
  await grantAccess(app, worldOf(id));
  await prepare(id);
}
process.on("message", ({ ask, provider }: FuzzQuestion) => {
  void answers[ask](provider).then((answer) => process.send?.(answer));
});
process.send?.({ url });
