import { createCollection, openFolder } from "../databases.js";

/** A process that enqueues a task, starts to work on it, reports this, and never ends. */
const [folder = ""] = process.argv.slice(2);
const { store, queue } = await openFolder(folder);
const collection = await createCollection(store);
await queue.start({
  providers: ["test"],
  work: async (id) => {
    process.stdout.write(`${id}\n`);
    await new Promise((resolve) => setTimeout(resolve, 1_000_000));
  },
});
await store.tasks.enqueue({ id: "orphan", provider: "test", collection, payload: [], totalCount: 1 });
