import { newCollectionName } from "./collection-names.js";
import type { SampleProvider } from "./samples.js";
import type { Tab } from "./tab.js";
import { toGraphqlText } from "./variables-text.js";

/** The operations whose variables the page fills in (`createVariablesFiller`). */
export const collectionOperations = { create: "createCollection", remove: "deleteCollection" } as const;

/** A provider and a definition for it. */
export type ExampleDefinition = Readonly<Record<string, object>>;

/** A collection like the first sample of an embedded provider that names its collections. */
export function toExampleDefinition(providers: readonly SampleProvider[]): ExampleDefinition | undefined {
  return providers.filter(({ mode }) => mode === "EMBEDDED").flatMap(toRenamedDefinition)[0];
}

/** Tabs that create a collection like a sample under another name, and delete it. */
export function toCollectionTabs(providers: readonly SampleProvider[]): readonly Tab[] {
  const definition = toExampleDefinition(providers);
  return definition === undefined
    ? []
    : [
        { query: createCollectionQuery, variables: toGraphqlText({ input: { definition } }) },
        { query: deleteCollectionQuery, variables: toGraphqlText({ id: "" }) },
      ];
}

/** Renames the sample of a provider whose target is a name that the definition has as well. */
function toRenamedDefinition({ id, samples: [sample] }: SampleProvider): readonly ExampleDefinition[] {
  if (sample === undefined) return [];
  const [[field, name] = [], ...others] = Object.entries(sample.target);
  const isName = typeof name === "string" && /^[a-z]+(_[a-z]+)*$/.test(name);
  if (field === undefined || !isName || others.length > 0 || sample.definition[field] !== name) return [];
  return [{ [id]: { ...sample.definition, [field]: newCollectionName } }];
}

export const createCollectionQuery = `# A collection of your own. Each run gives a name such
# as ${newCollectionName} new digits, which stand in the
# variables below. Any other name is sent as it is.

mutation ${collectionOperations.create}(
  $input: CreateCollectionInput!
) {
  createCollection(input: $input) {
    __typename
    ... on CreateCollectionSuccess {
      collection { id name }
    }
    ... on WriteError { message }
  }
}
`;

const deleteCollectionQuery = `# Deletes a collection and its records. An empty id
# becomes the id of the newest collection that this
# browser created in the tab before; without one, it is
# created first. Any other id is sent as it is.

mutation ${collectionOperations.remove}($id: ID!) {
  deleteCollection(id: $id) {
    __typename
    ... on DeleteCollectionSuccess { id }
    ... on WriteError { message }
  }
}
`;
