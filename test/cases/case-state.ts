import { systemRequest } from "../../src/core/request-scope.js";
import { principalOf, unlimitedCaller } from "../../src/contract/credentials.js";
import { showValue } from "../../src/json/stringify.js";
import { limitSettings } from "../../src/contract/limits.js";
import type { Provider } from "../../src/contract/provider.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../src/json/value.js";
import { randomIds } from "../../src/host/system.js";
import type { OpenTestApp } from "../service/open-test-app.js";
import type { CaseFile, Given } from "./case-file.js";

type Path = readonly PropertyKey[];

export interface WantedCollection {
  readonly definition: JsonObject;
  /** The collection exists only to create its space, and is deleted at once. */
  readonly isPassing?: true;
}

/** The schema of a case as definitions. A schema holds any number of collections, a definition holds one. */
export function toCollections(
  { collections: { access, definition }, samples }: Provider,
  schema: JsonObject,
): readonly WantedCollection[] {
  const described = Object.fromEntries(
    Object.entries(schema).filter(([name]) => !Object.hasOwn(access?.members.shape ?? {}, name)),
  );
  const issue = definition.safeParse(described).error?.issues.find(({ path }) => isJsonArray(valueAt(described, path)));
  if (issue === undefined) return [{ definition: described }];
  const elements = [valueAt(described, issue.path) ?? []].flat();
  if (elements.length > 0)
    return elements.map((element) => ({ definition: withValueAt(described, issue.path, [element]) }));
  return [
    {
      definition: withValueAt(described, issue.path, valueAt(samples[0]?.definition, issue.path) ?? []),
      isPassing: true,
    },
  ];
}

function valueAt(value: JsonValue | undefined, path: Path): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (outer, key) => (isJsonObject(outer) ? outer[String(key)] : undefined),
    value,
  );
}

function withValueAt(object: JsonObject, [key = "", ...rest]: Path, value: JsonValue): JsonObject {
  const inner = object[String(key)];
  return { ...object, [key]: rest.length > 0 && isJsonObject(inner) ? withValueAt(inner, rest, value) : value };
}

/** The schema of a case with the case's changes. The requests of the file supply the names that the schema omits. */
export function schemaOf(
  provider: Provider,
  file: CaseFile,
  { schema: name, set }: Pick<Given, "schema" | "set">,
): JsonObject | undefined {
  if (name === undefined) return undefined;
  const schema: JsonObject = { ...file.schemas[name], ...set };
  const issues = provider.collections.definition.safeParse(schema).error?.issues ?? [];
  const missing = issues.flatMap(({ path: [member, ...rest] }) =>
    typeof member === "string" && rest.length === 0 && schema[member] === undefined ? [member] : [],
  );
  return {
    ...Object.fromEntries(
      missing.flatMap((member) => usualValues(file, member).map((value): [string, JsonValue] => [member, value])),
    ),
    ...schema,
  };
}

/** The most frequent value of the member in the requests of the file, if any. */
function usualValues(file: CaseFile, member: string): readonly JsonValue[] {
  const said = file.cases.flatMap(({ request: { body } }) => (isJsonObject(body) ? [body[member] ?? []].flat() : []));
  const countOf = (value: JsonValue): number => said.filter((other) => other === value).length;
  return said.toSorted((left, right) => countOf(right) - countOf(left)).slice(0, 1);
}

interface Place {
  readonly provider: Provider;
  readonly file: CaseFile;
  readonly given: Pick<Given, "schema" | "set"> & Partial<Given>;
}

/** The file's credential has all rights, unless the schema grants it some. */
export async function grantAccess(
  { grantAccess: grant, store }: OpenTestApp,
  { provider, file, given }: Place,
): Promise<void> {
  const headers = Object.entries(file.defaults.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const secret = provider.contracts[0]?.dialect.credentials.read(Object.fromEntries(headers));
  if (secret !== undefined)
    await store.credentials.saveCredential({
      provider: provider.id,
      secret,
      caller: unlimitedCaller(principalOf(secret)),
    });
  await grant(provider.id, { ...schemaOf(provider, file, given), users: given.users ?? [] });
}

/** Creates the collections of the case, and its further spaces. */
export async function createCollections(
  { manageCollections, store }: OpenTestApp,
  { provider, file, given }: Place,
): Promise<void> {
  const { collections } = store;
  const pass = async (space: { readonly name: string; readonly definition: JsonObject }): Promise<void> => {
    const { collection } = await collections.createCollection({
      provider: provider.id,
      space,
      name: "passing",
      definition: {},
    });
    await collections.deleteCollection(collection.id);
  };
  for (const name of given.databases ?? []) await pass({ name, definition: {} });
  for (const { definition, isPassing } of toCollections(provider, schemaOf(provider, file, given) ?? {})) {
    if (given.schema === undefined) return;
    const { space, name } = provider.collections.toCollection(
      provider.collections.definition.parse(definition),
      randomIds,
    );
    const aliases = toAliases(given.aliases ?? [], name);
    if (Object.keys(aliases).length > 0) await pass({ ...space, definition: { ...space.definition, aliases } });
    const { id } = await manageCollections.create(systemRequest, provider.id, definition);
    if (isPassing) await collections.deleteCollection(id);
  }
}

function toAliases(aliases: Given["aliases"], name: string): Readonly<Record<string, string>> {
  return isJsonArray(aliases) ? Object.fromEntries(aliases.map((alias) => [alias, name])) : aliases;
}

/**
 * Configuration variables of the options. An option has the name of the setting or of its end, and may contain `per`.
 */
export function toSettings(provider: Provider, config: JsonObject): Readonly<Record<string, string>> {
  const known = [
    ...provider.contracts.flatMap(limitSettings).map(({ setting }) => setting),
    ...Object.keys(provider.settings?.shape ?? {}),
    "ALLOWED_ADDRESSES",
  ];
  const settings = flatten(config).flatMap(([option, value]) => {
    const wanted = wordsOf(option.replaceAll(/(?=[A-Z])|\./g, "_"));
    const meant = known.filter((setting) => `_${wordsOf(setting)}`.endsWith(`_${wanted}`));
    if (meant.length === 0) throw new Error(`${provider.id} has no setting for the option ${option}`);
    return meant.map((setting): [string, string] => [
      setting,
      isJsonArray(value) ? value.map(showValue).join(",") : showValue(value),
    ]);
  });
  return Object.fromEntries(settings);
}

function wordsOf(name: string): string {
  return name
    .toUpperCase()
    .split("_")
    .filter((word) => word !== "PER")
    .join("_");
}

/** `{"rateLimit": {"requests": 1}}` becomes `rateLimit.requests`. */
function flatten(config: JsonObject): [string, JsonValue][] {
  return Object.entries(config).flatMap(([group, value]): [string, JsonValue][] =>
    isJsonObject(value)
      ? Object.entries(value).map(([name, member]) => [`${group}.${name}`, member])
      : [[group, value]],
  );
}
