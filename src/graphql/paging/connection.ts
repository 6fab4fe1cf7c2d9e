import { Field, ObjectType, type ClassType } from "type-graphql";
import type { Page, PageRequest } from "../../core/page.js";
import type { EventLoopTurns } from "../event-loop-turns.js";
import type { Fields } from "../schema/fields.js";
import { toCursor } from "./cursor.js";
import { type PageArguments, toPageRequest } from "./page-arguments.js";
import { PageInfo } from "./page-info.js";

/** The Relay connection of a type. */
export function createConnectionType<Node extends object>(name: string, node: () => ClassType<Node>) {
  @ObjectType(`${name}Edge`, { description: `One ${name} in a page.` })
  class Edge {
    @Field(() => String, { description: "The position of the item in its list." })
    readonly cursor!: string;

    @Field(node, { description: "The item." })
    readonly node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class Connection {
    @Field(() => [Edge], { description: "The items with their cursors." })
    readonly edges!: readonly Edge[];

    @Field(() => [node()], { description: "The items." })
    readonly nodes!: readonly Node[];

    @Field(() => PageInfo, { description: "The position of the page in its list." })
    readonly pageInfo!: PageInfo;
  }

  return Connection;
}

/** The fields of a connection type. */
export interface ConnectionOf<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: Fields<PageInfo>;
}

/** Reads a page and wraps its items. @throws GraphQLError with the code BAD_USER_INPUT */
export async function readConnection<Item, Node>(list: {
  /** Part of the cursors, so that a cursor of another list is refused. */
  readonly name: string;
  readonly page: PageArguments;
  readonly read: (request: PageRequest) => Promise<Page<Item>>;
  readonly toNode: (item: Item) => Node;
  readonly turns: EventLoopTurns;
}): Promise<ConnectionOf<Node>> {
  const request = toPageRequest(list.name, list.page);
  const { items, keys, hasNextPage } = await list.read(request);
  await list.turns.take();
  const nodes = items.map(list.toNode);
  const cursors = keys.map((key) => toCursor(list.name, key));
  return {
    // The store answers one key per item.
    edges: nodes.map((node, index) => ({ node, cursor: cursors[index] ?? "" })),
    nodes,
    pageInfo: {
      hasNextPage,
      hasPreviousPage: request.after !== undefined,
      startCursor: cursors[0],
      endCursor: cursors.at(-1),
    },
  };
}
