import type { SampleProvider } from "./samples.js";
import type { Tab } from "./tab.js";
import { toGraphqlText } from "./variables-text.js";

const ownName = "my_first_collection";

/** Tabs that create a collection like a sample under another name, and delete a collection by id. */
export function toCollectionTabs(providers: readonly SampleProvider[]): readonly Tab[] {
  const [definition] = providers.flatMap(toRenamedDefinition);
  return definition === undefined ? [] : [{ query: create, variables: toGraphqlText({ input: { definition } }) }, { query: remove, variables: toGraphqlText({ id: "" }) }];
}

/** Renames the sample of a provider whose target is a name that the definition has as well. */
function toRenamedDefinition({ id, samples: [sample] }: SampleProvider): readonly object[] {
  if (sample === undefined) return [];
  const [[field, name] = [], ...others] = Object.entries(sample.target);
  const isName = typeof name === "string" && /^[a-z]+(_[a-z]+)*$/.test(name);
  if (field === undefined || !isName || others.length > 0 || sample.definition[field] !== name) return [];
  return [{ [id]: { ...sample.definition, [field]: ownName } }];
}

const create = `# A collection of your own. A second run conflicts
# with the first: change the name, or delete it in
# the next tab by the id that is answered here.

mutation createCollection(
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

const remove = `# Deletes a collection and its records. Put the id
# that createCollection or readBack answered into the
# variables below; without one nothing is found.

mutation deleteCollection($id: ID!) {
  deleteCollection(id: $id) {
    __typename
    ... on WriteError { message }
  }
}
`;
