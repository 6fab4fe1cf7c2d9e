import type { Environment } from "../../src/index.js";
import { providersAnswer, providersQuery, type DemoProvider } from "./answers.js";
import type { RemoteStage } from "./remote-scenes.js";
import { prepareCollection } from "./scenes.js";
import { openScriptedService } from "./scripted-service.js";
import { toData, type Ask } from "./server.js";

export interface RemoteServer extends RemoteStage {
  readonly providers: readonly DemoProvider[];
  readonly close: () => Promise<void>;
}

/** Short enough for a demo: the caller is answered at the deadline, the call itself ends a moment later. */
const demoBounds = { DEADLINE_MS: "5000", HEADERS_TIMEOUT_MS: "5500", CALL_TIMEOUT_MS: "5500" };

/** A program whose providers are all remote, and the services behind them: the REST faces of a second program. */
export async function startRemoteServer(): Promise<RemoteServer> {
  const { createTestApp } = await import("../../src/test-app.js");
  const services = await createTestApp();
  const askServices: Ask = async (query, variables) => toData(await services.graphql(query, variables));
  const { recordProviders: providers } = providersAnswer.parse(await askServices(providersQuery));
  for (const { id, samples } of providers)
    for (const sample of samples.slice(0, 1)) await prepareCollection(askServices, id, sample);
  const { url } = await services.listen();
  const scripted = new Map(
    await Promise.all(providers.map(async ({ id }) => [id, await openScriptedService(url)] as const)),
  );
  const environment: Environment = Object.fromEntries(
    [...scripted].flatMap(([id, service]) =>
      Object.entries({ BASE_URL: `${service.url}/${id}`, TOKEN: "token-of-the-demo", ...demoBounds }).map(
        ([name, value]) => [`${id.toUpperCase()}_${name}`, value],
      ),
    ),
  );
  const app = await createTestApp({ environment });
  return {
    ask: async (query, variables) => toData(await app.graphql(query, variables)),
    services: scripted,
    providers,
    close: async () => {
      await app.close();
      await Promise.all([...scripted.values()].map((service) => service.close()));
      await services.close();
    },
  };
}
