import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Provider } from "../../src/contract/provider.js";
import { createFakeProvider } from "../graphql/fake-provider.js";
import { ConfigError } from "../../src/core/operator-error.js";
import { graphqlShape, toOperationLimits } from "../../src/host/settings/graphql-settings.js";
import { describeSettings, readConfig } from "../../src/host/settings/config.js";
import { upstreamShape } from "../../src/host/settings/upstream-settings.js";
import { limitSettings } from "../../src/contract/limits.js";
import * as registry from "../../src/providers/registry.js";

const providers = Object.values(registry);

function problemsOf(environment: Readonly<Record<string, string>>, of: readonly Provider[] = providers): string {
  try {
    readConfig(environment, of);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "";
}

describe("the configuration", () => {
  test("has a default for everything, and treats an empty variable as unset", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: "" }, providers)).toMatchObject({
      HOST: "127.0.0.1",
      PORT: 4000,
      AUTHORIZATION: "off",
    });
  });

  test("has a bound for every size of an operation, and switches for what shows the schema", () => {
    const read = readConfig({ GRAPHQL_MAX_NODES: "7", INTROSPECTION: "off" }, []);
    expect(toOperationLimits(read)).toEqual({
      tokens: 100_000,
      depth: 20,
      aliases: 200,
      directives: 100,
      selections: 10_000,
      rootFields: 100,
      nodes: 7,
      records: 100_000,
      responseBytes: 67_108_864,
    });
    expect([read.INTROSPECTION, read.GRAPHIQL]).toEqual(["off", "on"]);
    for (const name of Object.keys(graphqlShape)) expect(problemsOf({ [name]: "0" }, [])).toContain(`  ${name}: `);
  });

  test("reads the variables of a provider", () => {
    const { providers: own } = readConfig(
      { MILVUS_BASE_URL: "http://127.0.0.1:19530", MILVUS_TOKEN: "root:Milvus", MILVUS_INSERT_MAX_BYTES: "10" },
      providers,
    );
    expect(own["milvus"]).toMatchObject({
      baseUrl: "http://127.0.0.1:19530",
      token: "root:Milvus",
      limits: { INSERT_MAX_BYTES: 10 },
    });
    expect(own["altatech"]).toMatchObject({ limits: {} });
  });

  test("bounds the calls of a remote provider, and refuses a bound that cannot hold", () => {
    const environment = { MILVUS_BASE_URL: "http://127.0.0.1:19530", MILVUS_CALL_TIMEOUT_MS: "10" };
    const { bounds } = readConfig(environment, providers).providers["milvus"] ?? {};
    expect(bounds).toMatchObject({ callTimeoutMs: 10, deadlineMs: 30_000, maxAttempts: 3 });
    expect(problemsOf({ MILVUS_CALL_TIMEOUT_MS: "0", MILVUS_MAX_ATTEMPTS: "11" })).toMatch(
      /MILVUS_CALL_TIMEOUT_MS: must be from.*MILVUS_MAX_ATTEMPTS: must be from/s,
    );
  });

  test.each(["http://user@host", "http://user:hunter2@host", "http://host/?key=hunter2", "http://host/#hunter2"])(
    "refuses the base URL %s without showing it",
    (url) => {
      expect(problemsOf({ MILVUS_BASE_URL: url })).toMatch(/^.*\n {2}MILVUS_BASE_URL: must not have a user/);
      expect(problemsOf({ MILVUS_BASE_URL: url })).not.toContain("hunter2");
    },
  );

  const remoteNames = providers.flatMap(({ id, remote }) =>
    ["TOKEN", ...Object.keys(upstreamShape), ...Object.keys(remote?.settings.shape ?? {})].map((name) => ({
      id,
      name,
    })),
  );
  test.each(remoteNames)("refuses the setting $name of the remote $id without an address", ({ id, name }) => {
    const prefix = `${id.toUpperCase()}_`;
    const message = problemsOf({ [prefix + name]: "1000" });
    expect(message).toContain(`\n  ${prefix}${name}: is for a remote service, and ${prefix}BASE_URL is not set`);
    expect(message).not.toContain("1000");
  });

  test("reads the settings that a provider declares, with their defaults, and the allowed addresses", () => {
    const settings = z.object({ DUST: z.enum(["keep", "wipe"]).default("keep").describe("How to treat dust.") });
    const shelf = { ...createFakeProvider(), settings };
    const checked = {
      ...shelf,
      contracts: shelf.contracts.map((contract) => ({
        ...contract,
        checks: [{ check: "address", failure: "x" } as const],
      })),
    };
    expect(readConfig({}, [shelf]).providers["shelf"]).toMatchObject({ limits: {}, settings: { DUST: "keep" } });
    const { settings: read, allowedAddresses } =
      readConfig({ SHELF_DUST: "wipe", SHELF_ALLOWED_ADDRESSES: "10.0.0.0/8" }, [checked]).providers["shelf"] ?? {};
    expect([read, allowedAddresses?.("10.1.1.1"), allowedAddresses?.("11.1.1.1")]).toEqual([
      { DUST: "wipe" },
      true,
      false,
    ]);
    expect(problemsOf({ SHELF_DUST: "eat", SHELF_ALLOWED_ADDRESSES: "here" }, [checked])).toMatch(
      /SHELF_ALLOWED_ADDRESSES: must be IP.*SHELF_DUST: /s,
    );
    const described = describeSettings([checked]).map(({ name, description }) => `${name}: ${description}`);
    expect(described).toContain("SHELF_DUST: How to treat dust.");
  });

  test("reports every problem at once and shows no value", () => {
    const message = problemsOf({
      PORT: "70000",
      DATABASE_URL: "mysql://root:hunter2@host/db",
      LOG_LEVEL: "loud",
      ALTATECH_BASE_URL: "ftp://hunter2",
      ALTATECH_MAX_RECORDS: "-1",
    });
    for (const name of ["PORT", "DATABASE_URL", "LOG_LEVEL", "ALTATECH_BASE_URL", "ALTATECH_MAX_RECORDS"])
      expect(message).toContain(`  ${name}: `);
    expect(message.split("\n")).toHaveLength(6);
    expect(message).not.toContain("hunter2");
  });
});

describe("the README", () => {
  const readme = readFileSync("README.md", "utf8");
  const prefixes = providers.map(({ id }) => `${id.toUpperCase()}_`);
  const variables = describeSettings(providers).map(({ name }) => {
    const prefix = prefixes.find((candidate) => name.startsWith(candidate));
    return prefix === undefined ? name : `<ID>_${name.slice(prefix.length)}`;
  });

  test("names every variable of the program and those that all providers have", () => {
    const upstream = ["BASE_URL", "TOKEN", ...Object.keys(upstreamShape)].map((name) => `<ID>_${name}`);
    const common = [...variables.filter((name) => !name.startsWith("<ID>_")), ...upstream];
    expect(common.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  test("leaves the limits of single providers to the emitted contracts, and names no variable that does not exist", () => {
    const named = [...readme.matchAll(/`(<ID>_[A-Z_]+)`/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !variables.includes(name))).toEqual([]);
    for (const { id, contracts } of providers) {
      const emitted = readFileSync(`schema/contracts/${id}.json`, "utf8");
      for (const { setting } of contracts.flatMap(limitSettings))
        expect(emitted).toMatch(new RegExp(`"(?:setting|windowSetting)": "${setting}"`));
    }
  });
});
