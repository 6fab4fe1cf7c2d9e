import { afterAll, beforeAll } from "vitest";
import { createTestApp, type TestApp } from "../../src/test-app.js";

interface AppOfFile {
  readonly environment?: Readonly<Record<string, string>>;
  /** Runs once, before the first test. */
  readonly prepare: (app: TestApp) => Promise<void>;
}

/** The whole program for the tests of a file, checking credentials; it is there while they run. */
export function useApp({ environment, prepare }: AppOfFile): () => TestApp {
  let opened: TestApp | undefined;
  beforeAll(async () => {
    opened = await createTestApp({ environment: { AUTHORIZATION: "on", ...environment } });
    await prepare(opened);
  });
  afterAll(() => opened?.close());
  return () => {
    if (opened === undefined) throw new Error("the program has not started yet");
    return opened;
  };
}
