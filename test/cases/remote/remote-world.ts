import type { Provider } from "../../../src/contract/provider.js";
import { showValue } from "../../../src/json/stringify.js";
import type { JsonObject } from "../../../src/json/value.js";
import { openTestApp, type SendOperation } from "../../service/open-test-app.js";
import { createWaitlessClock, type WaitlessClock } from "../../service/waitless-clock.js";
import { openScriptedService, type ScriptedService } from "./scripted-service.js";

/** The program with a scripted service behind one provider. */
export interface RemoteWorld {
  readonly service: ScriptedService;
  readonly clock: WaitlessClock;
  readonly graphql: SendOperation;
  /** Waits for the end of the tasks that the service has accepted. */
  readonly settleTasks: () => Promise<void>;
}

interface OpenRemoteWorld extends RemoteWorld {
  readonly close: () => Promise<void>;
}

interface WantedWorld {
  readonly provider: Provider;
  readonly token: string | undefined;
  /** The options of the client. */
  readonly config: JsonObject;
}

/** Lends worlds; cases with the same configuration share one. */
export class RemoteWorlds {
  readonly #open = new Map<string, Promise<OpenRemoteWorld>>();

  async lend(wanted: WantedWorld): Promise<RemoteWorld> {
    const environment = toEnvironment(wanted);
    const key = JSON.stringify(environment);
    const opening = this.#open.get(key) ?? openRemoteWorld(wanted.provider, environment);
    this.#open.set(key, opening);
    return opening;
  }

  async close(): Promise<void> {
    for (const world of this.#open.values()) await (await world).close();
    this.#open.clear();
  }
}

async function openRemoteWorld(
  { id }: Provider,
  environment: Readonly<Record<string, string>>,
): Promise<OpenRemoteWorld> {
  const service = await openScriptedService();
  const clock = createWaitlessClock();
  const app = await openTestApp({
    clock,
    environment: { ...environment, [`${id.toUpperCase()}_BASE_URL`]: service.baseUrl },
  });
  return {
    service,
    clock,
    graphql: app.graphqlWith(undefined),
    settleTasks: app.settleTasks,
    close: async () => {
      await app.close();
      await service.close();
    },
  };
}

function toEnvironment({ provider, token = "", config }: WantedWorld): Readonly<Record<string, string>> {
  const options = Object.entries(config).map(([option, value]): [string, string] => [
    toSetting(provider, option),
    showValue(value),
  ]);
  const settings: Readonly<Record<string, string>> = { TOKEN: token, ...Object.fromEntries(options) };
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [`${provider.id.toUpperCase()}_${name}`, value]),
  );
}

/** Options whose setting has another name. A token that is known from before the case is the configured one. */
const settingsOfOptions: Readonly<Record<string, string>> = { accessToken: "TOKEN", polls: "TASK_POLLS" };

function toSetting({ id, remote }: Provider, option: string): string {
  const known = settingsOfOptions[option];
  if (known !== undefined) return known;
  const setting = option.replaceAll(/(?=[A-Z])/g, "_").toUpperCase();
  if (remote?.settings.shape[setting] === undefined) throw new Error(`${id} has no setting for the option ${option}`);
  return setting;
}
