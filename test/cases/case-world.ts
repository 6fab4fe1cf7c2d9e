import { allOf } from "../service/visible.js";
import type { Clock } from "../../src/core/clock.js";
import { programScope } from "../../src/core/request-scope.js";
import { JsonSyntaxError, parseJson } from "../../src/json/parse.js";
import { showValue, stringifyJson } from "../../src/json/stringify.js";
import type { ContractRequest, RequestBody } from "../../src/contract/message.js";
import { matchPath } from "../../src/contract/paths.js";
import type { Provider } from "../../src/contract/provider.js";
import { readQuery } from "../../src/http/contract-request.js";
import { openTestApp, type OpenTestApp, type SendOperation } from "../service/open-test-app.js";
import type { Case, CaseFile, CaseRequest } from "./case-file.js";
import { createCollections, grantAccess, toSettings } from "./case-state.js";
import { expand } from "./checks/directives.js";
import { runMutation } from "./clients/graphql-client.js";
import { ask, pad, type WireReply, type WireRequest } from "./clients/http-client.js";
import { targetOf, type WriteForm } from "./write-form.js";

/** The embedded service of a provider in the state of a case. */
export interface CaseWorld {
  readonly app: OpenTestApp;
  readonly clock: Clock;
  /** Base URL of the provider's REST face. */
  readonly baseUrl: string;
  /** The environment that the program was started with. */
  readonly environment: Readonly<Record<string, string>>;
  /** Sends a GraphQL operation with the credential of the case. */
  readonly graphql: SendOperation;
  /** The credential of the case, in the form of its contract. */
  readonly token: string | undefined;
  /** Sends over HTTP. */
  readonly send: (request: CaseRequest) => Promise<WireReply>;
  readonly collectionIds: () => Promise<readonly string[]>;
}

export interface WorldOptions {
  readonly provider: Provider;
  readonly forms: readonly WriteForm[];
  readonly file: CaseFile;
  readonly item: Case;
}

const dayMs = 86_400_000;

/**
 * Stands still during a case, so that no rate window ends in between. Each case has a day of its own, so that it meets
 * no claim of another case.
 */
class CaseClock implements Clock {
  #now = Date.now();

  now(): Date {
    return new Date(this.#now);
  }

  nextDay(): void {
    this.#now += dayMs + 1;
  }
}

/**
 * Lends worlds. Cases with the usual configuration share a database, which is emptied in between: opening one takes
 * longer than most cases.
 */
export class CaseWorlds {
  readonly #shared = new Map<string, OpenTestApp>();
  readonly #clock = new CaseClock();

  async lend<T>(options: WorldOptions, use: (world: CaseWorld) => Promise<T>): Promise<T> {
    const { users, databases, aliases } = options.item.given;
    const isUnusual = countsCalls(options) || users.length + databases.length + Object.keys(aliases).length > 0;
    this.#clock.nextDay();
    const app = isUnusual ? await openApp(options, this.#clock) : await this.#share(options);
    const world = await createWorld(app, options, this.#clock);
    try {
      await prepare(world, options);
      return await use(world);
    } finally {
      if (isUnusual) await app.close();
      else await empty(world);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#shared.values()].map((app) => app.close()));
    this.#shared.clear();
  }

  async #share(options: WorldOptions): Promise<OpenTestApp> {
    const key = JSON.stringify(environmentOf(options));
    const app = this.#shared.get(key) ?? (await openApp(options, this.#clock));
    this.#shared.set(key, app);
    return app;
  }
}

function openApp(options: WorldOptions, clock: Clock): Promise<OpenTestApp> {
  return openTestApp({ environment: environmentOf(options), clock });
}

async function empty({ app, collectionIds }: CaseWorld): Promise<void> {
  for (const id of await collectionIds()) await app.store.collections.deleteCollection(id);
}

function countsCalls({ provider, item }: WorldOptions): boolean {
  const settings = toSettings(provider, item.given.config);
  return provider.contracts.some(({ checks }) =>
    checks.some((check) => check.check === "call-rate" && check.setting in settings),
  );
}

function environmentOf({ provider, item }: WorldOptions): Record<string, string> {
  const own = toSettings(provider, item.given.config);
  return {
    AUTHORIZATION: item.given.auth,
    ...Object.fromEntries(Object.entries(own).map(([name, value]) => [`${provider.id.toUpperCase()}_${name}`, value])),
  };
}

async function createWorld(app: OpenTestApp, options: WorldOptions, clock: Clock): Promise<CaseWorld> {
  const { provider, file } = options;
  const { url } = await app.listen();
  const token = tokenOf(provider, file, options.item.request);
  const baseUrl = `${url}/${provider.id}`;
  return {
    app,
    clock,
    baseUrl,
    environment: environmentOf(options),
    graphql: app.graphqlWith(token),
    token,
    send: (request) => ask(baseUrl, toWireRequest(file, request)),
    collectionIds: async () => {
      const { items } = await app.store.collections.listCollections({ visible: allOf(provider.id) }, { first: 100 });
      return items.map((collection) => collection.id);
    },
  };
}

async function prepare(world: CaseWorld, options: WorldOptions): Promise<void> {
  const { app } = world;
  const {
    provider,
    file,
    item: { given },
  } = options;
  await grantAccess(app, { provider, file, given });
  await createCollections(app, { provider, file, given });
  if (given.rows.length > 0) await store(world, options);
  for (const request of given.requests) await sendFirst(world, options, request);
  await app.settleTasks();
}

/** Stores the rows in the target of the case's request. */
async function store({ graphql }: CaseWorld, { provider, file, item, forms: [form] }: WorldOptions): Promise<void> {
  if (form === undefined) throw new Error(`${provider.id} writes nothing`);
  const { operation } = form;
  const { kind, message } = await runMutation(graphql, provider.id, {
    operation,
    target: targetOf(provider, form, toContractRequest(file, item.request)),
    records: item.given.rows,
  });
  if (kind !== undefined) throw new Error(`the rows could not be stored: ${message}`);
}

async function sendFirst(world: CaseWorld, { provider, file }: WorldOptions, request: CaseRequest): Promise<void> {
  const reply = await world.send(request);
  const sent = toContractRequest(file, request);
  const contract = provider.contracts.find(
    ({ method, path }) => method === sent.method && matchPath(path, sent.path) !== undefined,
  );
  const succeeded = reply.status < 300 && contract?.succeeded(reply, sent) !== false;
  if (request.status === undefined ? succeeded : reply.status === request.status) return;
  throw new Error(
    `${request.method} ${request.path} sent first was answered with ${reply.status} ${showValue(reply.body)}`,
  );
}

/** The credential of a request. */
export function tokenOf({ contracts }: Provider, file: CaseFile, request: CaseRequest): string | undefined {
  return contracts[0]?.dialect.credentials.read(headersOf(file, request));
}

function headersOf(file: CaseFile, request: CaseRequest): Record<string, string> {
  const headers = [...Object.entries(file.defaults.headers), ...Object.entries(request.headers ?? {})];
  return present(Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])));
}

function present<T>(members: Readonly<Record<string, T | null>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

/** The request as a contract sees it, the file's defaults included; a body that is not a JSON value left out. */
export function toContractRequest(file: CaseFile, request: CaseRequest): ContractRequest {
  const { method, path, query, headers } = toWireRequest(file, request);
  return { method, path, query, headers, body: toRequestBody(request), scope: programScope };
}

function toRequestBody({ body, rawBody = "" }: CaseRequest): RequestBody {
  if (body !== undefined) return { kind: "value", value: expand(body) };
  try {
    return { kind: "value", value: parseJson(rawBody) };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { kind: "none" };
    throw error;
  }
}

/** The request for the wire, with the file's defaults. */
export function toWireRequest(file: CaseFile, request: CaseRequest): WireRequest {
  const [path = "", search = ""] = request.path.split("?");
  const query = request.query === null ? {} : present({ ...file.defaults.query, ...request.query });
  return {
    method: request.method,
    path,
    query: { ...query, ...readQuery(search) },
    headers: headersOf(file, request),
    text:
      request.body === undefined
        ? request.rawBody && pad(request.rawBody, request.padTo)
        : pad(stringifyJson(expand(request.body)), request.padTo),
  };
}
