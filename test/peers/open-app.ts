import type { Environment } from "../../src/host/settings/config.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";

export interface PeerApp extends OpenTestApp {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
}

/** The whole program as clients meet it: listening, and checking credentials. */
export async function openApp(environment: Environment = {}): Promise<PeerApp> {
  const app = await openTestApp({ environment: { AUTHORIZATION: "on", ...environment } });
  const { url } = await app.listen();
  return { ...app, url: url.replace(/\/$/, "") };
}

/** What a promise is rejected with. @throws Error when it is not */
export async function rejection<Failure>(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise;
  } catch (error) {
    // The caller names the exception that its client documents.
    return error as Failure;
  }
  throw new Error("the client reported no failure");
}
