import { entitiesResolver } from "@apollo/subgraph";
import type { GraphQLResolveInfo } from "graphql";
import { loadCollection } from "../collection/record-collection.js";
import type { GraphqlContext } from "../context.js";
import { isJsonObject } from "../../json/value.js";
import { RecordProvider } from "../provider/record-provider.js";
import { loadRecord } from "../record/stored-record.js";
import { ImportTask } from "../task/import-task.js";
import { userInputError } from "../user-input-error.js";

type LoadById = (id: string, context: GraphqlContext) => object | undefined | Promise<object | undefined>;

/** The entities that a supergraph's router resolves: by id, through the request's loaders. */
const entities: Readonly<Record<string, LoadById>> = {
  RecordProvider: (id, { services }) => {
    const connected = services.directory.find(id);
    return connected && new RecordProvider(connected);
  },
  RecordCollection: loadCollection,
  StoredRecord: loadRecord,
  ImportTask: async (id, { loaders }) => {
    const task = await loaders.tasks.load(id);
    return task && new ImportTask(task);
  },
};

export function entityResolvers() {
  return Object.fromEntries(
    Object.entries(entities).map(([typeName, load]) => [
      typeName,
      {
        __resolveReference: async ({ id }: { readonly id: string }, context: GraphqlContext) => {
          const entity = await load(id, context);
          await context.turns.take();
          return entity ?? null;
        },
      },
    ]),
  );
}

interface EntitiesArguments {
  readonly representations: readonly unknown[];
}

/** `_Any` accepts every value, so representations are checked here. */
export function resolveEntities(
  _source: unknown,
  { representations }: EntitiesArguments,
  context: GraphqlContext,
  info: GraphQLResolveInfo,
): unknown {
  return entitiesResolver({ representations: representations.map(checkRepresentation), context, info });
}

function checkRepresentation(
  representation: unknown,
  index: number,
): { readonly __typename: string; readonly id: string } {
  const { __typename: typeName, id } = isJsonObject(representation) ? representation : {};
  if (typeof typeName !== "string" || !Object.hasOwn(entities, typeName)) {
    throw userInputError(`representations.${index}: __typename is not one of ${Object.keys(entities).join(", ")}`);
  }
  if (typeof id !== "string") throw userInputError(`representations.${index}: id is not text`);
  return { __typename: typeName, id };
}
