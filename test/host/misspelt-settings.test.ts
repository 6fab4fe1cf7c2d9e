import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { describeSettings, findMisspeltCoreSettings, readConfig } from "../../src/host/settings/config.js";
import { ConfigError } from "../../src/core/operator-error.js";
import * as registry from "../../src/providers/registry.js";

const providers = Object.values(registry);
const settings = describeSettings(providers).map(({ name }) => name);
const providerSettings = settings.filter((name) => providers.some(({ id }) => name.startsWith(`${id.toUpperCase()}_`)));

function refusalOf(name: string): string | undefined {
  try {
    readConfig({ [name]: "1" }, providers);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return undefined;
}

/** The variables that Kubernetes sets for a service with the name of a provider and a named port. */
function serviceVariables(service: string): readonly string[] {
  const port = `${service}_PORT_19530_TCP`;
  const own = [`${service}_SERVICE_HOST`, `${service}_SERVICE_PORT`, `${service}_SERVICE_PORT_HTTP`, `${service}_PORT`];
  return [...own, port, `${port}_PROTO`, `${port}_PORT`, `${port}_ADDR`];
}

const runners = [
  "CI",
  "HOME",
  "PATH",
  "PWD",
  "SHLVL",
  "USER",
  "LANG",
  "HOSTNAME",
  "GITHUB_ACTIONS",
  "GITHUB_TOKEN",
  "GITHUB_SHA",
  "GITHUB_REF",
  "GITHUB_ENV",
  "GITHUB_OUTPUT",
  "GITHUB_SERVER_URL",
  "GITHUB_API_URL",
  "RUNNER_OS",
  "RUNNER_TEMP",
  "RUNNER_TOOL_CACHE",
  "IMAGE_OS",
  "ACTIONS_RUNTIME_TOKEN",
  "ACTIONS_CACHE_URL",
  "ImageVersion",
  "GITLAB_CI",
  "CI_JOB_TOKEN",
  "CI_SERVER_HOST",
  "CI_SERVER_PORT",
  "CI_REGISTRY",
  "CI_PROJECT_ID",
  "CI_COMMIT_SHA",
  "CI_DEBUG_TRACE",
  "FF_SCRIPT_SECTIONS",
  "DATABASE_HOST",
  "DATABASE_PASSWORD",
  "POSTGRES_HOST",
  "PGHOST",
  "PGPORT",
  "NODE_ENV",
  "NODE_EXTRA_CA_CERTS",
  "npm_config_port",
];

describe("a variable whose name is close to a setting", () => {
  test.each([
    ["MILVUS_BASEURL", "MILVUS_BASE_URL"],
    ["ZILIZ_TOKEN", "ZILLIZ_TOKEN"],
    ["MILVUSTOKEN", "MILVUS_TOKEN"],
    ["REDIVIS_TOEKN", "REDIVIS_TOKEN"],
    ["DINGTALK__BASE_URL", "DINGTALK_BASE_URL"],
  ])("stops the start when it is a provider's: %s", (name, meant) => {
    expect(refusalOf(name)).toBe(`The configuration has problems:\n  ${name}: is not a setting; ${meant} is`);
  });

  test("stops the start for every setting of every provider, with a letter less and without its underscores", () => {
    expect(providerSettings.length).toBeGreaterThan(providers.length);
    for (const name of providerSettings) {
      const wrong = [name.slice(0, -1), name.replaceAll("_", "")].filter((each) => !settings.includes(each));
      for (const each of wrong) expect(refusalOf(each), each).toContain(`${each}: is not a setting; `);
    }
  });

  test("causes a warning and does not stop the start when it is the program's own", () => {
    const environment = { PORTT: "80", DATABASEURL: "memory:", LOG_LEVLE: "debug" };
    expect(refusalOf("PORTT")).toBeUndefined();
    expect(findMisspeltCoreSettings(environment, providers)).toEqual([
      { name: "PORTT", meant: "PORT" },
      { name: "DATABASEURL", meant: "DATABASE_URL" },
      { name: "LOG_LEVLE", meant: "LOG_LEVEL" },
    ]);
  });

  test("causes neither when it is empty", () => {
    expect(() => readConfig({ MILVUS_BASEURL: "" }, providers)).not.toThrow();
    expect(findMisspeltCoreSettings({ PORTT: "" }, providers)).toEqual([]);
  });
});

describe("variables of other programs", () => {
  const exported = [...readFileSync("README.md", "utf8").matchAll(/^export (\w+)=/gm)].map(([, name = ""]) => name);
  const names = [...providers.flatMap(({ id }) => serviceVariables(id.toUpperCase())), ...exported, ...runners];

  test("pass in silence", () => {
    expect(exported).toContain("REDIVIS_API_TOKEN");
    const environment = Object.fromEntries(names.map((name) => [name, "tcp://10.0.0.1:19530"]));
    expect(() => readConfig(environment, providers)).not.toThrow();
    expect(findMisspeltCoreSettings(environment, providers)).toEqual([]);
  });
});
