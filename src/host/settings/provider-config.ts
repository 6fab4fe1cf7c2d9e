import { z } from "zod";
import { limitSettings, type NumberSettings } from "../../contract/limits.js";
import type { Provider } from "../../contract/provider.js";
import { parseAddressList, type AddressList } from "../../contract/server/addresses.js";
import { between, wholeNumber } from "./setting-schemas.js";
import { toUpstreamBounds, upstreamShape, type UpstreamBounds } from "./upstream-settings.js";

const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).refine((text) => {
  // The check of the form has reported it.
  if (!URL.canParse(text)) return true;
  const { username, password, search, hash } = new URL(text);
  return username + password + search + hash === "";
}, "must not have a user, a password, a query or a fragment: the secret has a variable of its own");

const addressList = z.string().transform((text, context): AddressList => {
  const list = parseAddressList(text);
  if (list !== undefined) return list;
  context.addIssue("must be IP addresses or networks such as 10.0.0.0/8, with commas between");
  return z.NEVER;
});

export interface ProviderConfig {
  /** When set, the provider is remote: the real service at this URL. */
  readonly baseUrl?: string;
  readonly token?: string;
  /** The bounds of calls to the real service. */
  readonly bounds: UpstreamBounds;
  /** How often a task of the real service is asked for; absent for a service without tasks. */
  readonly taskPolls?: number;
  readonly limits: NumberSettings;
  /** Absent: requests may come from anywhere. */
  readonly allowedAddresses?: AddressList;
  /** The provider's own settings for its real service. */
  readonly remoteSettings: Readonly<Record<string, unknown>>;
  /** The provider's own settings, parsed by its schema. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

function prefixOf(id: string): string {
  return `${id.toUpperCase()}_`;
}

/** The variables of a provider, by their full names. */
export function providerShape(provider: Provider): Readonly<Record<string, z.ZodType>> {
  const limits = provider.contracts.flatMap(limitSettings).map(({ setting, description }) => {
    return [
      setting,
      wholeNumber.optional().describe(`Overrides a limit of the embedded service: ${description}.`),
    ] as const;
  });
  const addresses = addressList
    .optional()
    .describe("IP addresses and networks that the embedded service answers, with commas between; unset: any.");
  const shape = {
    BASE_URL: httpUrl
      .optional()
      .describe(`Address of the real ${provider.title} service; unset: the embedded one answers.`),
    TOKEN: z
      .string()
      .regex(/^[^\u0000-\u001f\u007f]*$/, "must have no line breaks or other control characters")
      .optional()
      .describe(`Secret sent with every call to ${provider.title}.`),
    ...upstreamShape,
    ...taskShape(provider),
    ...provider.remote?.settings.shape,
    ...Object.fromEntries(limits),
    ...(checksAddresses(provider) ? { ALLOWED_ADDRESSES: addresses } : {}),
    ...provider.settings?.shape,
  };
  return Object.fromEntries(Object.entries(shape).map(([name, schema]) => [prefixOf(provider.id) + name, schema]));
}

function taskShape({ remoteTasks }: Provider): Readonly<Record<string, z.ZodType>> {
  if (remoteTasks === undefined) return {};
  const polls = between(1, 1000).default(remoteTasks.polls);
  return { TASK_POLLS: polls.describe("How often the real service is asked for the end of a task, at most.") };
}

function checksAddresses({ contracts }: Provider): boolean {
  return contracts.some(({ checks }) => checks.some(({ check }) => check === "address"));
}

/** Parses the variables of a provider. */
export function providerSchema(provider: Provider) {
  return z.object(providerShape(provider)).transform((values) => toProviderConfig(provider, values));
}

/**
 * Problems of variables for the real service while it has no address: without one the records would go to the embedded
 * service, unnoticed.
 */
export function findAddressless({ id, remote }: Provider, given: Readonly<Record<string, unknown>>): readonly string[] {
  const prefix = prefixOf(id);
  if (given[`${prefix}BASE_URL`] !== undefined) return [];
  return ["TOKEN", ...Object.keys(upstreamShape), ...Object.keys(remote?.settings.shape ?? {})]
    .filter((name) => given[prefix + name] !== undefined)
    .map((name) => `${prefix}${name}: is for a remote service, and ${prefix}BASE_URL is not set`);
}

function toProviderConfig(
  { id, contracts, settings, remote }: Provider,
  values: Readonly<Record<string, unknown>>,
): ProviderConfig {
  const pick = <Value>(names: readonly string[], isValue: (value: unknown) => value is Value): Record<string, Value> =>
    Object.fromEntries(names.flatMap((name) => pairIf(name, values[prefixOf(id) + name], isValue)));
  const numbers = pick(Object.keys(upstreamShape), (value) => typeof value === "number");
  const { TASK_POLLS: taskPolls } = pick(["TASK_POLLS"], (value) => typeof value === "number");
  const texts = pick(["BASE_URL", "TOKEN"], (value) => typeof value === "string");
  const limits = pick(
    contracts.flatMap(limitSettings).map(({ setting }) => setting),
    (value) => typeof value === "number",
  );
  const { ALLOWED_ADDRESSES: allowedAddresses } = pick(
    ["ALLOWED_ADDRESSES"],
    (value): value is AddressList => typeof value === "function",
  );
  const remoteSettings = pick(
    Object.keys(remote?.settings.shape ?? {}),
    (value): value is unknown => value !== undefined,
  );
  const read = settings && pick(Object.keys(settings.shape), (value): value is unknown => value !== undefined);
  // The schemas above give every bound a value.
  const bounds = toUpstreamBounds(numbers as Parameters<typeof toUpstreamBounds>[0]);
  return {
    baseUrl: texts["BASE_URL"],
    token: texts["TOKEN"],
    bounds,
    taskPolls,
    limits,
    allowedAddresses,
    remoteSettings,
    settings: read,
  };
}

function pairIf<Value>(name: string, value: unknown, isValue: (value: unknown) => value is Value): [string, Value][] {
  return isValue(value) ? [[name, value]] : [];
}
