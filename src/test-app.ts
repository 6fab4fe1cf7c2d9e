import { assembleApp, type App, type AppOptions, type AssembledApp } from "./app.js";
import { defaultUpstream } from "./core/access/caller.js";
import type { Environment } from "./host/settings/config.js";

export interface TestAppOptions extends Omit<AppOptions, "environment"> {
  /** Configuration variables; the database is in memory unless they say otherwise. */
  readonly environment?: Environment;
}

export interface TestApp extends App {
  /** Repeated calls listen once. */
  readonly listen: App["listen"];
  /** Sends a request over real HTTP, on a free port of the loopback interface. `path` starts with a slash. */
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
  /** Waits until no import is pending. @throws Error after 30 s */
  readonly settleTasks: () => Promise<void>;
}

const quiet: Environment = { DATABASE_URL: "memory:", HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "silent" };
const patienceMs = 30_000;

/** The whole program over a throw-away database, for tests. Close it when done. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  return (await assembleTestApp(options)).app;
}

export async function assembleTestApp(options: TestAppOptions = {}): Promise<AssembledApp<TestApp>> {
  const parts = await assembleApp({ samples: false, ...options, environment: { ...quiet, ...options.environment } });
  const { app } = parts;
  let listening: Promise<{ readonly url: string }> | undefined;
  const listen = () => (listening ??= app.listen());
  const testApp: TestApp = {
    ...app,
    listen,
    fetch: async (path, init) => fetch((await listen()).url + path, init),
    settleTasks: () => waitForTasks(parts),
  };
  return { ...parts, app: testApp };
}

async function waitForTasks({ store, directory }: Pick<AssembledApp, "store" | "directory">): Promise<void> {
  const visible = directory.list().flatMap(({ provider: { id: provider } }) => [
    { provider, spaces: "all" as const },
    { provider, upstream: defaultUpstream, spaces: "all" as const },
  ]);
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const { items } = await store.tasks.listTasks({ visible }, { first: 1000 });
    if (items.every((task) => task.state !== "pending")) return;
    if (Date.now() > deadline) throw new Error(`imports are still pending after ${patienceMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
