import type { DocumentNode, GraphQLSchema } from "graphql";
import type { Provider } from "../../contract/provider.js";
import { createProviderInputs, type ProviderInputs } from "../inputs/provider-inputs.js";
import { buildSubgraph } from "./subgraph.js";

/** The schema for a list of providers, with the reader of its generated inputs. */
export interface ProviderSchema {
  readonly inputs: ProviderInputs;
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
}

interface CachedSchema extends ProviderSchema {
  readonly providers: readonly Provider[];
}

/** Keyed by the first provider. Building the schema dominates the start of a second program in the same process. */
const cachedSchemas = new WeakMap<Provider, CachedSchema>();

/** Builds a schema once per list of providers: it does not depend on anything else. */
export function providerSchemaOf(providers: readonly Provider[]): ProviderSchema {
  const [first] = providers;
  const known = first && cachedSchemas.get(first);
  if (known !== undefined && isSameList(known.providers, providers)) return known;
  const inputs = createProviderInputs(providers);
  const made = { providers, inputs, ...buildSubgraph(inputs) };
  if (first !== undefined) cachedSchemas.set(first, made);
  return made;
}

function isSameList(one: readonly Provider[], other: readonly Provider[]): boolean {
  return one.length === other.length && one.every((provider, index) => provider === other[index]);
}
