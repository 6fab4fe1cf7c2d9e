import { forbid } from "./forbid.mjs";

const registry = "^src/providers/registry[.]ts$";
/** The folder of a provider, or of a kit that several providers share. */
const provider = "^src/(?:providers/[^/]+|vector)/";
/** The modules that a service uses. */
const serviceSide = "^src/contract/(service|provider-store|repeat-while-stale)[.]ts$";
/** The modules that a data source uses. */
const callSide = "^src/contract/(data-source|call)[.]ts$";

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
export const providerRules = [
  forbid(
    "registry-only-in-app",
    "Only app.ts and its parts, app-*.ts, import the list of providers.",
    { path: "^(src|scripts)/", pathNot: ["^src/app[.]ts$", "^src/app-[a-z]+[.]ts$", "^scripts/emit-schema[.]ts$"] },
    { path: registry },
  ),
  forbid(
    "registry-is-a-list",
    "registry.ts imports the providers' index files and nothing else.",
    { path: registry },
    { pathNot: "^src/providers/[^/]+/index[.]ts$" },
  ),
  forbid(
    "no-provider-imports-another",
    "Code that two providers share belongs to a named kit such as src/vector.",
    { path: "^src/providers/([^/]+)/" },
    { path: "^src/providers/", pathNot: "^src/providers/$1/" },
  ),
  forbid(
    "kit-without-client-and-server",
    "The modules for a provider's author import neither the client nor the server of contracts.",
    { path: "^src/contract/", pathNot: "^src/contract/(client|server)/" },
    { path: "^src/contract/(client|server)/" },
  ),
  forbid(
    "client-without-server",
    "The client and the server of contracts meet in a transport only.",
    { path: "^src/contract/client/" },
    {
      path: "^src/contract/server/",
    },
  ),
  forbid(
    "server-without-client",
    "The server and the client of contracts meet in a transport only.",
    { path: "^src/contract/server/" },
    {
      path: "^src/contract/client/",
    },
  ),
  forbid(
    "provider-without-client-and-server",
    "A provider declares; the kit calls, serves and verifies.",
    { path: provider },
    {
      path: "^src/contract/(cancellation|client|server|verify)/",
    },
  ),
  forbid(
    "roles-meet-in-index",
    "A provider's service, data source and samples are imported by its index only, so neither service nor data source knows the other.",
    { path: "^src/providers/([^/]+)/", pathNot: "^src/providers/[^/]+/index[.]ts$" },
    { path: "^src/providers/$1/(service|data-source|samples|index)[.]ts$" },
  ),
  forbid(
    "index-in-registry",
    "A provider is imported as a whole, by the registry.",
    { path: "^src/", pathNot: registry },
    {
      path: "^src/providers/[^/]+/index[.]ts$",
    },
  ),
  forbid(
    "calls-in-data-source",
    "Only the data source of a provider, or its index where that declares it, imports calls and receipts.",
    { path: provider, pathNot: ["/data-source[.]ts$", `${provider}index[.]ts$`] },
    { path: callSide },
  ),
  forbid(
    "data-source-without-service",
    "A data source knows its service by the contract only: it imports no store and no definition of a collection.",
    { path: `${provider}data-source[.]ts$` },
    { path: [serviceSide, "^src/contract/provider[.]ts$", "^src/.*service[^/]*[.]ts$", "/service/"] },
  ),
  forbid(
    "declarations-without-service",
    "Contracts, dialects and failures are data that server and client read alike.",
    {
      path: ["contract", "contracts", "contracts-v1", "contracts-v2", "dialect", "failures"].map(
        (role) => `${provider}.*${role}[.]ts$`,
      ),
    },
    { path: [serviceSide, callSide, "^src/.*service[^/]*[.]ts$", "/service/"] },
  ),
  forbid(
    "samples-are-data",
    "Samples import the type of a sample and nothing else.",
    { path: "^src/providers/[^/]+/samples[.]ts$" },
    {
      path: ".",
      pathNot: "^src/contract/provider[.]ts$",
    },
  ),
];
