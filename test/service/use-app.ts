import { afterAll, beforeAll } from "vitest";
import type { TestAppOptions } from "../../src/test-app.js";
import { openTestApp, type OpenTestApp } from "./open-test-app.js";

export interface UsedAppOptions extends TestAppOptions {
  /** Runs once, before the first test. */
  readonly prepare?: (app: OpenTestApp) => Promise<unknown>;
}

/** The whole program for the tests of a file or block. It runs during the tests only. */
export function useApp({ prepare, ...options }: UsedAppOptions = {}): () => OpenTestApp {
  let opened: OpenTestApp | undefined;
  beforeAll(async () => {
    opened = await openTestApp(options);
    await prepare?.(opened);
  });
  afterAll(() => opened?.close());
  return () => {
    if (opened === undefined) throw new Error("the program has not started yet");
    return opened;
  };
}
