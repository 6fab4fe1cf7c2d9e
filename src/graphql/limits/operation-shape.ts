import { maxAliasesRule } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthRule } from "@escape.tech/graphql-armor-max-depth";
import { maxDirectivesRule } from "@escape.tech/graphql-armor-max-directives";
import {
  type ASTVisitor,
  type DocumentNode,
  getEnterLeaveForKind,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  TypeInfo,
  ValidationContext,
  visit,
} from "graphql";
import type { OperationLimits } from "./operation-limits.js";

type Shape = Pick<OperationLimits, "depth" | "aliases" | "directives">;

/** Measures a document that has been parsed only. Of several operations the largest numbers count. */
export function measureShape(schema: GraphQLSchema, document: DocumentNode): Shape {
  const shape = { depth: 0, aliases: 0, directives: 0 };
  /** The packages only count here: their own refusals have neither a code nor numbers. */
  const count = (name: keyof Shape) => ({
    n: Infinity,
    onAccept: [(_context: unknown, { n }: { readonly n: number }) => (shape[name] = Math.max(shape[name], n))],
  });
  const context = new ValidationContext(schema, document, new TypeInfo(schema), () => undefined);
  const rules: readonly ASTVisitor[] = [
    maxDepthRule({ ...count("depth"), flattenFragments: true, ignoreIntrospection: false })(context),
    maxAliasesRule({ ...count("aliases"), allowList: [] })(context),
    maxDirectivesRule(count("directives"))(context),
  ];
  visit(document, {
    OperationDefinition: (node, ...place) => {
      for (const rule of rules) getEnterLeaveForKind(rule, node.kind).enter?.call(rule, node, ...place);
      // The rules go through the selections themselves.
      return false;
    },
    FragmentDefinition: () => false,
  });
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
