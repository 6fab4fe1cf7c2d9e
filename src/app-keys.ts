import { openConfiguredDatabase } from "./app-database.js";
import { createAccessKeys, type AccessKeys } from "./application/access/access-keys.js";
import { OperatorError } from "./core/operator-error.js";
import { readConfig, type Environment } from "./host/settings/config.js";
import { createLog } from "./host/log.js";
import { readOperatorFile } from "./host/operator-file.js";
import { connectAccessKeys } from "./host/remote-access-keys.js";
import { randomIds, systemClock } from "./host/system.js";
import * as registry from "./providers/registry.js";

export interface OpenedAccessKeys {
  readonly keys: AccessKeys;
  readonly close: () => Promise<void>;
}

class NoKeysError extends OperatorError {
  override readonly name = "NoKeysError";
}

/**
 * The keys of the configured database: through the program that runs over the embedded one, or else in the database
 * itself.
 * @throws OperatorError
 */
export async function openAccessKeys(environment: Environment): Promise<OpenedAccessKeys> {
  const providers = Object.values(registry);
  const config = readConfig(environment, providers);
  if (config.DATABASE_URL === "memory:") throw new NoKeysError("A database in memory does not keep keys.");
  const running = config.DATABASE_URL === undefined ? await readOperatorFile(config.DATABASE_FOLDER) : undefined;
  const remote = running && (await connectAccessKeys(running));
  if (remote !== undefined) return { keys: remote, close: () => Promise.resolve() };
  const [clock, ids, log] = [systemClock, randomIds, createLog("warn")];
  const database = await openConfiguredDatabase(config, { clock, ids, log });
  const { keys: store } = database.store;
  const keys = createAccessKeys({ store, providers: providers.map(({ id }) => id), clock });
  return { keys, close: () => database.close() };
}
