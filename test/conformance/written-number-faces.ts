import type { TestApp } from "../../src/test-app.js";
import type { NumberScene } from "./written-number-scenes.js";

/** Sends the text of a record over real HTTP. Answers the refusal, or undefined. */
export type Face = (fetch: TestApp["fetch"], scene: NumberScene, record: string) => Promise<string | undefined>;

const overRest: Face = async (fetch, { path, headers, body, isRefusal }, record) => {
  const response = await fetch(path, { method: "POST", headers, body: body(record) });
  const answer = await response.text();
  return response.ok && !isRefusal(answer) ? undefined : answer;
};

async function sendOperation(fetch: TestApp["fetch"], body: string): Promise<string | undefined> {
  const headers = { "content-type": "application/json" };
  const answer = await (await fetch("/graphql", { method: "POST", headers, body })).text();
  return /"InsertRecords(?:Success|Accepted)"/.test(answer) ? undefined : answer;
}

const mutation = (variables: string, input: string): string =>
  `mutation ${variables} { insertRecords(input: ${input}) { __typename ... on WriteError { message } } }`;

const inVariables: Face = (fetch, { provider, target }, record) => {
  const query = JSON.stringify(mutation("($input: InsertRecordsInput!)", "$input"));
  const targets = JSON.stringify({ [provider.id]: target });
  return sendOperation(fetch, `{"query":${query},"variables":{"input":{"target":${targets},"records":[${record}]}}}`);
};

/** JSON whose names are plain, as a literal of GraphQL. */
const literalOf = (json: string): string => json.replaceAll(/"(\w+)":/g, "$1:");

const inLiteral: Face = (fetch, { provider, target }, record) => {
  const targets = literalOf(JSON.stringify({ [provider.id]: target }));
  const query = mutation("", `{ target: ${targets}, records: [${literalOf(record)}] }`);
  return sendOperation(fetch, JSON.stringify({ query }));
};

export const writtenNumberFaces = {
  "the REST face": overRest,
  "GraphQL variables": inVariables,
  "a GraphQL literal": inLiteral,
} as const satisfies Readonly<Record<string, Face>>;
