import type { ManageCollections } from "../../src/application/manage-collections.js";
import type { ProviderDirectory } from "../../src/application/providers.js";
import type { Transport } from "../../src/contract/message.js";
import type { JsonObject } from "../../src/json/value.js";
import { systemCaller } from "../../src/core/access/caller.js";
import type { ExecutedOperation } from "../../src/graphql/executed-operation.js";
import type { Store } from "../../src/core/store.js";
import { assembleTestApp, type TestApp, type TestAppOptions } from "../../src/test-app.js";
import { grantAccess } from "./grant-access.js";

export type SendOperation = (
  document: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<ExecutedOperation>;

/** The whole program with the parts that a test uses to prepare and inspect it. */
export interface OpenTestApp extends TestApp {
  readonly store: Store;
  readonly manageCollections: ManageCollections;
  readonly directory: ProviderDirectory;
  /** Executes an operation with the credential, as GraphQL does with a bearer; without one while authorization is off. */
  readonly graphqlWith: (secret: string | undefined) => SendOperation;
  /** The embedded service of a provider, called without HTTP. */
  readonly router: (provider: string) => Transport;
  /** Saves the credentials of a definition and ignores the rest of it. */
  readonly grantAccess: (provider: string, definition: JsonObject) => Promise<void>;
}

export async function openTestApp(options: TestAppOptions = {}): Promise<OpenTestApp> {
  const parts = await assembleTestApp(options);
  const { app, store, manageCollections, directory, services, authentication, execute } = parts;
  const isOff = options.environment?.["AUTHORIZATION"] !== "on";
  return {
    graphqlWith: (secret) => async (query, variables) => {
      const caller = secret === undefined ? undefined : await authentication.identify(secret, undefined);
      return execute({ query, variables, caller: isOff ? systemCaller : caller });
    },
    ...app,
    store,
    manageCollections,
    directory,
    router: (provider) => services.get(provider)?.transport ?? unknownProvider(provider),
    grantAccess: (provider, definition) => grantAccess(store, directory.get(provider).provider, definition),
  };
}

function unknownProvider(provider: string): never {
  throw new Error(`no provider ${provider} is registered`);
}
