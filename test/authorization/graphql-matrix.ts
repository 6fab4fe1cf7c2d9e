import {
  isObjectType,
  isUnionType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import { z } from "zod";
import { providerSchemaOf } from "../../src/graphql/schema/provider-schema.js";
import type { Provider } from "../../src/contract/provider.js";
import * as registry from "../../src/providers/registry.js";
import { columns, type ColumnName, type Outcome } from "./columns.js";
import { graphqlTable, type GraphqlRow } from "./graphql-table.js";
import { words } from "./places.js";
import { unname } from "./unname.js";
import { cellScopeOf, placesOf, toAbsent, type LivePlace, type World } from "./world.js";

export interface GraphqlCell {
  readonly name: string;
  readonly provider: string;
  /** Undefined for a field that the table does not list. */
  readonly row: GraphqlRow | undefined;
}

const providers: readonly Provider[] = Object.values(registry);

/** The fields of the executable schema and its entities, by the names of the table. */
const { schema } = providerSchemaOf(providers);
export const fieldNames: readonly string[] = namesIn(schema);

function namesIn(schema: GraphQLSchema): readonly string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const fields = roots.flatMap((type) => (type ? fieldsOf(type) : []));
  const entity = schema.getType("_Entity");
  if (!isUnionType(entity)) throw new Error("the schema has no entities");
  return [...fields, ...entity.getTypes().map(({ name }) => `Entity.${name}`)].filter(
    (name) => name !== "Query._entities",
  );
}

function fieldsOf(type: GraphQLObjectType): readonly string[] {
  return Object.keys(type.getFields()).map((field) => `${type.name}.${field}`);
}

/** The types whose fields show what is stored. */
const storedTypes = ["RecordCollection", "StoredRecord", "ImportTask"];

/** Fields of stored data that no call of the table selects. */
export function unselectedFields(): readonly string[] {
  const selected = new Set<string>();
  const types = new TypeInfo(schema);
  const enter = {
    Field: ({ name }: FieldNode) => void selected.add(`${types.getParentType()?.name ?? ""}.${name.value}`),
  };
  for (const row of Object.values(graphqlTable))
    visit(parse(row.call(anyPlace, "1").query), visitWithTypeInfo(types, enter));
  return storedTypes.flatMap((name) => {
    const type = schema.getType(name);
    return isObjectType(type) ? fieldsOf(type).filter((field) => !selected.has(field)) : [name];
  });
}

const anyPlace = toAbsent("milvus", placesOf("milvus").place(words.absent));

export const cells: readonly GraphqlCell[] = fieldNames.flatMap((name) =>
  providers
    .filter((provider) => applies(graphqlTable[name], provider))
    .map(({ id }) => ({ name, provider: id, row: graphqlTable[name] })),
);

function applies(row: GraphqlRow | undefined, { imports, targets }: Provider): boolean {
  if (row?.needs === "imports") return imports !== undefined;
  return row?.needs !== "upsertEntities" || targets.upsertEntities !== undefined;
}

interface Given {
  /** Replaces the credential of the column. */
  readonly secret?: string;
  /** Replaces the expected outcome of the column. */
  readonly outcome?: Outcome;
}

interface Asked {
  readonly status: number;
  readonly text: string;
  readonly changed: boolean;
}

let fresh = 1000;

/** Deviations of a cell from the expected outcome; none when it is as expected. */
export async function judgeGraphqlCell(
  world: World,
  { name, provider, row }: GraphqlCell,
  column: ColumnName,
  given: Given = {},
): Promise<readonly string[]> {
  if (row === undefined) return [`${name} has no row in test/authorization/graphql-table.ts`];
  const operation = row.operation === "none" ? "read" : row.operation;
  const secret = given.secret ?? (await world.secretOf(column, cellScopeOf(provider, operation)));
  const theirs = await world.theirs(provider);
  const newName = String(fresh++);
  const ask = async (place: LivePlace): Promise<Asked> => {
    const send = () => post(world, row.call(place, newName), secret);
    if (row.sign !== "changes") return { ...(await send()), changed: false };
    const { reply, changed } = await world.watch(theirs, send);
    return { ...reply, changed };
  };
  const answered = await ask(theirs);
  const isGranted = isSuccess(answered, row, theirs);
  const outcome = given.outcome ?? outcomeOf(row, column, provider);
  const problems: string[] = [];
  if (outcome === "granted") {
    if (!isGranted) problems.push(`is refused: ${show(answered)}`);
    return problems;
  }
  if (isGranted) problems.push(`is granted: ${show(answered)}`);
  if (answered.changed) problems.push("changes what is stored");
  if (outcome === "unauthenticated" && !isUnauthenticated(answered))
    problems.push(`is not refused at the door: ${show(answered)}`);
  if (outcome === "refused" || row.lists) return problems;
  const [told, expected] = [unname(show(answered)), unname(show(await ask(world.absent(provider))))];
  if (told !== expected) problems.push(`differs from an absent target: ${told} instead of ${expected}`);
  return problems;
}

function outcomeOf({ operation, neverByCredential = [] }: GraphqlRow, column: ColumnName, provider: string): Outcome {
  const { graphql: outcome } = columns[column];
  if (operation === "none") return outcome === "unauthenticated" ? outcome : "granted";
  const isOwn = column === "a credential of the contract";
  return isOwn && neverByCredential.includes(provider) ? "absent" : outcome;
}

async function post(
  world: World,
  body: object,
  secret: string | undefined,
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await world.app.fetch("/graphql", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

const answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.unknown()).optional(),
});

function isSuccess({ status, text, changed }: Asked, row: GraphqlRow, { word, taskId }: LivePlace): boolean {
  const { data, errors } = answer.parse(JSON.parse(text));
  if (status !== 200 || errors !== undefined || data === undefined || data === null) return false;
  if (row.sign === "changes") return changed;
  if (row.sign === "answers") return Object.values(data).every((value) => value !== null);
  return text.includes(word) || (taskId !== "" && text.includes(taskId));
}

function isUnauthenticated({ status, text }: Asked): boolean {
  return status === 401 && text.includes('"UNAUTHENTICATED"') && !text.includes('"data"');
}

function show({ status, text }: Asked): string {
  return `${status} ${text}`;
}
