import { afterEach } from "vitest";
import { createConnect } from "../../src/contract/client/client.js";
import type { ExecuteWrite } from "../../src/contract/data-source.js";
import type { Transport } from "../../src/contract/message.js";
import { toyContract } from "../contract/toy-contract.js";
import { serve, type Served } from "./serve.js";

/** Opens servers that are closed after each test. */
export function useServed(): typeof serve {
  const opened: Served[] = [];
  afterEach(() => Promise.all(opened.splice(0).map((served) => served.close())));
  return async (options) => {
    const served = await serve(options);
    opened.push(served);
    return served;
  };
}

/** A write through a contract, whatever moves its requests. */
export function callToy(transport: Transport, stopping?: AbortSignal): ExecuteWrite {
  const insert = createConnect({ provider: "shelf", transport, settings: {}, stopping })(toyContract());
  return async ({ origin }, signal) => {
    const { reply } = await insert({ path: { table: "t" }, body: { rows: [1] }, origin }, signal);
    return { status: "stored", count: reply.count, skippedCount: 0, warnings: [] };
  };
}
