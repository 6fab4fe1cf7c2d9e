import type { DocumentNode, GraphQLSchema } from "graphql";
import type { Provider } from "../../contract/provider.js";
import { createProviderInputs, type ProviderInputs } from "../inputs/provider-inputs.js";
import { buildSubgraph } from "./subgraph.js";

/** The schema for a list of providers, and what reads its generated inputs. */
export interface ProviderSchema {
  readonly inputs: ProviderInputs;
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
}

interface CachedSchema extends ProviderSchema {
  readonly providers: readonly Provider[];
}

/** By the first provider. Building a schema is most of the work of a further program in the same process. */
const cachedSchemas = new WeakMap<Provider, CachedSchema>();

/** Built once for the same providers: a schema depends on nothing else. */
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
