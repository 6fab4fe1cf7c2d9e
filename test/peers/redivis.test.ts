import { systemRequest } from "../../src/core/request-scope.js";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { importClient } from "./load.js";
import { openApp, rejection, type PeerApp } from "./open-app.js";

interface Table {
  readonly exists: () => Promise<boolean>;
  readonly get: () => Promise<Table>;
  readonly listVariables: () => Promise<unknown>;
  readonly uri: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Dataset {
  readonly table: (name: string) => Table;
  readonly create: () => Promise<Dataset>;
}

interface Redivis {
  readonly user: (name: string) => {
    readonly dataset: (name: string, options?: { readonly version: string }) => Dataset;
  };
  readonly setApiProxy: (proxy: { readonly baseUrl: string; readonly headers: Record<string, string> }) => void;
}

interface RedivisError extends Error {
  readonly status: number;
}

const tokens = {
  "tok-edit": { scope: ["data.edit"], canEdit: ["demo"] },
  "tok-other": { scope: ["data.edit"], canEdit: [] },
};
const uploads = [{ name: "events", type: "stream", schema: [{ name: "name", type: "string" }] }];
let app: PeerApp;

beforeAll(async () => {
  app = await openApp();
  for (const definition of [defineTable("My data", "abcd", "public"), defineTable("Diary", "dddd", "private")]) {
    await app.manageCollections.create(systemRequest, "redivis", definition);
  }
});
afterAll(() => app.close());
beforeEach(() => vi.stubEnv("REDIVIS_API_ENDPOINT", `${app.url}/api/v1`));
afterEach(() => vi.unstubAllEnvs());

function defineTable(name: string, id: string, visibility: string) {
  const dataset = { name, id, released: ["v1_0"], next: true, visibility };
  return { tokens, owner: "demo", dataset, table: { name: "A table", id: "wxyz", uploads } };
}

/** The client as a program starts it: with its token in the environment, which it reads at its first request. */
function startClient(token: string): Promise<Redivis> {
  vi.stubEnv("REDIVIS_API_TOKEN", token);
  return importClient<Redivis>("redivis/dist/esm/index.js");
}

function tableOf(redivis: Redivis, dataset: string, table: string): Table {
  return redivis.user("demo").dataset(dataset, { version: "next" }).table(table);
}

it("finds a table by name and by id, and reads what it is", async () => {
  const redivis = await startClient("tok-edit");
  const table = tableOf(redivis, "My data:abcd", "A table:wxyz");

  expect(await table.exists()).toBe(true);
  expect(await tableOf(redivis, "My data", "A table").exists()).toBe(true);
  expect(await tableOf(redivis, "my_data", "a_table").exists()).toBe(true);
  await table.get();
  expect(table.properties).toMatchObject({
    kind: "table",
    name: "A table",
    referenceId: "wxyz",
    container: { kind: "dataset" },
  });
  expect(table.uri).toBe(table.properties["uri"]);
  expect(table.uri).toMatch(/^\/tables\//);
  await table.get();
  expect(table.properties["name"]).toBe("A table");
});

it("finds the released version when it asks for none", async () => {
  const redivis = await startClient("tok-edit");

  expect(await redivis.user("demo").dataset("my_data:abcd").table("a_table:wxyz").exists()).toBe(true);
});

it("finds no table that is absent", async () => {
  const absent = tableOf(await startClient("tok-edit"), "My data", "Another table");
  const failure = await rejection<RedivisError>(absent.get());

  expect(await absent.exists()).toBe(false);
  expect(failure).toMatchObject({ name: "Error", status: 404 });
  expect(failure.message).not.toMatch(/^(not_found|\[object|<|$)/);
});

it("may not see a private table with the token of somebody else", async () => {
  expect(await tableOf(await startClient("tok-edit"), "Diary:dddd", "A table:wxyz").exists()).toBe(true);

  const hidden = tableOf(await startClient("tok-other"), "Diary:dddd", "A table:wxyz");

  expect(await hidden.exists()).toBe(false);
  expect(await rejection<RedivisError>(hidden.get())).toMatchObject({ status: 404 });
});

it("reports a wrong token", async () => {
  const redivis = await startClient("tok-wrong");

  expect(await rejection<RedivisError>(tableOf(redivis, "My data", "A table").exists())).toMatchObject({
    name: "Error",
    status: 401,
  });
});

it("reports a missing token", async () => {
  const redivis = await startClient("");
  // Otherwise it asks a person to log in.
  redivis.setApiProxy({ baseUrl: `${app.url}/api/v1`, headers: {} });

  expect(await rejection<RedivisError>(tableOf(redivis, "My data", "A table").get())).toMatchObject({
    status: 401,
    message: "No credentials were provided.",
  });
});

it("reports that the rate limit is passed", async () => {
  const limited = await openApp({ REDIVIS_RATE_LIMIT_REQUESTS: "2" });
  vi.stubEnv("REDIVIS_API_ENDPOINT", `${limited.url}/api/v1`);
  try {
    await limited.manageCollections.create(systemRequest, "redivis", defineTable("My data", "abcd", "public"));
    const table = tableOf(await startClient("tok-edit"), "My data", "A table");

    expect([await table.exists(), await table.exists()]).toEqual([true, true]);
    expect(await rejection<RedivisError>(table.exists())).toMatchObject({ status: 429 });
  } finally {
    await limited.close();
  }
});

it("reports what is not served", async () => {
  const redivis = await startClient("tok-edit");

  expect(await rejection<RedivisError>(tableOf(redivis, "My data", "A table").listVariables())).toMatchObject({
    status: 404,
  });
  expect(await rejection<RedivisError>(redivis.user("demo").dataset("New data").create())).toMatchObject({
    status: 404,
  });
});
