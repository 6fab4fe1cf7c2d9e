import { maxAliasesRule } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthRule } from "@escape.tech/graphql-armor-max-depth";
import { maxDirectivesRule } from "@escape.tech/graphql-armor-max-directives";
import { type DocumentNode, type GraphQLSchema, Kind, type SelectionSetNode, validate } from "graphql";
import type { OperationLimits } from "./operation-limits.js";

type Shape = Pick<OperationLimits, "depth" | "aliases" | "directives">;

/** Measures a document that has been parsed only. Of several operations the largest numbers count. */
export function measureShape(schema: GraphQLSchema, document: DocumentNode): Shape {
  const shape = { depth: 0, aliases: 0, directives: 0 };
  /** The packages only count here: their own refusals have neither a code nor numbers. */
  const count = (name: "depth" | "aliases" | "directives") => ({
    n: Infinity,
    onAccept: [(_context: unknown, { n }: { readonly n: number }) => (shape[name] = Math.max(shape[name], n))],
  });
  validate(schema, document, [
    maxDepthRule({ ...count("depth"), flattenFragments: true, ignoreIntrospection: false }),
    maxAliasesRule({ ...count("aliases"), allowList: [] }),
    maxDirectivesRule(count("directives")),
  ]);
  return shape;
}

/**
 * Counts fields and fragments of the largest operation, with the fragments written out. A circle of fragments ends where
 * it closes.
 */
export function countSelections({ definitions }: DocumentNode): number {
  const fragments = new Map(
    definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])),
  );
  const counted = new Map<string, number>();
  const countFragment = (name: string): number => {
    const known = counted.get(name);
    if (known !== undefined) return known;
    counted.set(name, 0);
    const count = countSet(fragments.get(name)?.selectionSet);
    counted.set(name, count);
    return count;
  };
  const countSet = (set: SelectionSetNode | undefined): number => {
    let count = 0;
    for (const selection of set?.selections ?? [])
      count +=
        1 +
        (selection.kind === Kind.FRAGMENT_SPREAD
          ? countFragment(selection.name.value)
          : countSet(selection.selectionSet));
    return count;
  };
  return Math.max(
    0,
    ...definitions.map((node) => (node.kind === Kind.OPERATION_DEFINITION ? countSet(node.selectionSet) : 0)),
  );
}
