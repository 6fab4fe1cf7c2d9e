import { toCollectionTabs } from "./collection-tabs.js";
import type { SampleProvider } from "./samples.js";
import type { Tab } from "./tab.js";
import { toGraphqlText } from "./variables-text.js";

/** The selected fields of a result, by mutation. A mutation without an entry does not get a tab. */
const receipts: Readonly<Record<string, string>> = {
  insertRecords: `... on InsertRecordsSuccess {
  insertedCount
  ids
  warnings
}
... on InsertRecordsAccepted {
  task { id status }
}`,
  upsertEntities: `... on UpsertEntitiesSuccess {
  upsertedCount
  ids
  warnings
}`,
};

const refusal = `... on WriteError {
  message
  safeToResend
  outcome
  upstream { httpStatus code message }
}
... on WriteInvalidInputError {
  violations { recordIndex field rule message }
}`;

const overview: Tab = {
  query: `# One endpoint, a service behind each provider.
#
# Every tab is a working operation: run it with the
# button or Ctrl-Enter, change it, and complete words
# with Ctrl-Space.

query overview {
  recordProviders {
    id
    title
    mode
    operations { name }
    limits { operation max unit }
  }
}
`,
};

const readBack: Tab = {
  query: `# The stored records, in the form of each service.

query readBack($first: Int = 3) {
  recordCollections {
    nodes {
      name
      id
      provider { id }
      records(first: $first) {
        nodes { key fields insertedAt }
      }
    }
  }
}
`,
};

const followImports: Tab = {
  query: `# The imports: run it again until the status is no
# longer PENDING.

query followImports($first: Int = 3) {
  importTasks(first: $first) {
    nodes {
      id
      status
      progress
      successCount
      failCount
      error { message }
      failures { nodes { recordIndex field message } }
    }
  }
}
`,
};

/** The tabs of a first visit. */
export function toTabs(providers: readonly SampleProvider[]): readonly Tab[] {
  const writes = providers.flatMap((provider) => provider.operations.flatMap(({ name }) => toWriteTabs(provider, name)));
  return writes.length === 0 ? [overview] : [overview, ...writes, toFaultyTab(providers), toAbsentTab(providers), readBack, followImports, ...toCollectionTabs(providers)];
}

function toWriteTabs({ id, title, samples: [sample] }: SampleProvider, mutation: string): readonly Tab[] {
  const receipt = receipts[mutation];
  if (receipt === undefined || sample === undefined) return [];
  const { target, records } = sample;
  const query = `# ${title}: the target and the records are in the
# variables below.

mutation ${id}${verbOf(mutation)}($input: ${inputOf(mutation)}!) {
  ${mutation}(input: $input) {
    __typename
${indented(receipt, 4)}
${indented(refusal, 4)}
  }
}
`;
  return [{ query, variables: toGraphqlText({ input: { target: { [id]: target }, records } }) }];
}

function toFaultyTab(providers: readonly SampleProvider[]): Tab {
  return toRefusals({
    name: "faultyRecords",
    comment: `# The last record of each batch is faulty. An error is
# data: it names the record and the field, and whether
# a repeat makes sense. A service that stores records
# later accepts the batch, and its task has the errors.`,
    inputs: toInputs(providers, ({ target, records, faultyRecord }, id) => ({ target: { [id]: target }, records: [...records, faultyRecord] })),
  });
}

function toAbsentTab(providers: readonly SampleProvider[]): Tab {
  return toRefusals({
    name: "absentTargets",
    comment: `# Targets that do not exist. The field upstream has the
# service's own answer.`,
    inputs: toInputs(providers, ({ absentTarget, records }, id) => ({ target: { [id]: absentTarget }, records })),
  });
}

type Inputs = Readonly<Record<string, object>>;

/** One insert per provider; the input of each is invalid. */
function toRefusals({ name, comment, inputs }: { readonly name: string; readonly comment: string; readonly inputs: Inputs }): Tab {
  const ids = Object.keys(inputs);
  const query = `${comment}

mutation ${name}(
${ids.map((id) => `  $${id}: InsertRecordsInput!`).join("\n")}
) {
${ids.map((id) => `  ${id}: insertRecords(input: $${id}) { ...result }`).join("\n")}
}

fragment result on InsertRecordsResult {
  __typename
${indented(receipts["insertRecords"] ?? "", 2)}
${indented(refusal, 2)}
}
`;
  return { query, variables: toGraphqlText(inputs) };
}

function toInputs(providers: readonly SampleProvider[], toInput: (sample: SampleProvider["samples"][number], id: string) => object): Inputs {
  const inserting = providers.filter(({ operations }) => operations.some(({ name }) => name === "insertRecords"));
  return Object.fromEntries(inserting.flatMap(({ id, samples: [sample] }) => (sample === undefined ? [] : [[id, toInput(sample, id)]])));
}

/** insertRecords -> Insert */
function verbOf(mutation: string): string {
  return capitalised(/^[a-z]+/.exec(mutation)?.[0] ?? mutation);
}

/** insertRecords -> InsertRecordsInput */
function inputOf(mutation: string): string {
  return `${capitalised(mutation)}Input`;
}

function capitalised(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

function indented(text: string, spaces: number): string {
  return text.replaceAll(/^/gm, " ".repeat(spaces));
}
