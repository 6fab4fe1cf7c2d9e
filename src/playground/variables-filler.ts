import { z } from "zod";
import { renameCollections } from "./collection-names.js";
import { collectionOperations, createCollectionQuery, type ExampleDefinition } from "./collection-tabs.js";
import type { CreatedCollections } from "./created-collections.js";

export interface Operation {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: unknown;
}

/** Executes an operation on the server and returns its answer. */
export type Send = (operation: Operation) => Promise<unknown>;

export interface VariablesFiller {
  /** The variables to send instead of the operation's own; undefined when they are to be sent as they are. */
  readonly fill: (operation: Operation, send: Send) => Promise<object | undefined>;
  /** Remembers the collection that an operation of the visitor created. */
  readonly note: (answer: unknown) => void;
}

const creation = z.object({
  data: z.object({ createCollection: z.object({ collection: z.object({ id: z.string() }) }) }),
});
const found = z.object({ data: z.record(z.string(), z.object({ id: z.string() }).nullable()) });
const removal = z.object({ id: z.string() });

/**
 * Makes the tabs that create and delete a collection work at every run. Creation: a name that does not exist yet.
 * Deletion: an id that is empty, or of a collection that the page created and that is gone, becomes the id of a
 * collection that the page created, so that no collection of another origin is deleted unless the visitor names it.
 */
export function createVariablesFiller(options: {
  readonly created: CreatedCollections;
  readonly exampleDefinition: ExampleDefinition | undefined;
  readonly now: () => Date;
}): VariablesFiller {
  const { created, exampleDefinition, now } = options;

  function note(answer: unknown): string | undefined {
    const id = creation.safeParse(answer).data?.data.createCollection.collection.id;
    if (id !== undefined) created.add(id);
    return id;
  }

  async function createNew(send: Send): Promise<string | undefined> {
    const variables = renameCollections({ input: { definition: exampleDefinition } }, now());
    return note(await send({ query: createCollectionQuery, operationName: collectionOperations.create, variables }));
  }

  async function fillId(variables: unknown, send: Send): Promise<object | undefined> {
    const given = removal.safeParse(variables).data?.id;
    if (given === undefined || (given !== "" && !created.list().includes(given))) return undefined;
    const existing = await findExisting(created.list(), send);
    if (existing.includes(given)) return undefined;
    const id = existing[0] ?? (await createNew(send));
    return id === undefined ? undefined : { id };
  }

  return {
    fill: async ({ operationName, variables }, send) => {
      if (operationName === collectionOperations.remove) return fillId(variables, send);
      if (operationName !== collectionOperations.create) return undefined;
      return renameCollections(variables, now());
    },
    note,
  };
}

async function findExisting(ids: readonly string[], send: Send): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const fields = ids.map((id, index) => `c${index}: recordCollection(id: ${JSON.stringify(id)}) { id }`);
  const answer = found.safeParse(await send({ query: `query existing { ${fields.join(" ")} }` }));
  const existing = Object.values(answer.data?.data ?? {}).map((collection) => collection?.id);
  return ids.filter((id) => existing.includes(id));
}
