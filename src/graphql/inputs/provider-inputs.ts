import {
  type GraphQLScalarType,
  isTypeDefinitionNode,
  Kind,
  parse,
  printType,
  type TypeDefinitionNode,
  visit,
} from "graphql";
import type { z } from "zod";
import type { Provider } from "../../contract/provider.js";
import { isJsonObject, type JsonObject } from "../../json/value.js";
import { writeOperations, type WriteOperation } from "../../core/write.js";
import { toInputTypes, toPascal } from "./json-schema-types.js";
import { Json } from "../schema/scalars.js";
import { inputField, inputType, namedType } from "./nodes.js";
import { withoutNulls, type InputShape } from "./input-shape.js";

type InputKind = WriteOperation | "createCollection";

/** The value of a generated input: one member, named after a provider. */
export type ProviderChoice = Readonly<Record<string, unknown>>;

/** The inputs with one field per provider, generated from the providers' schemas. */
export interface ProviderInputs {
  readonly definitions: readonly TypeDefinitionNode[];
  /** Whether any provider has a field in that input. */
  readonly has: (kind: InputKind) => boolean;
  /** The chosen provider and its part of the input. */
  readonly read: (kind: InputKind, chosen: ProviderChoice) => { readonly provider: string; readonly value: JsonObject };
}

const inputKinds = {
  insertRecords: { input: "InsertTarget", description: "The target of an insert" },
  upsertEntities: { input: "UpsertTarget", description: "The target of an upsert" },
  createCollection: { input: "CollectionDefinition", description: "The definition of a new collection" },
} as const satisfies Record<InputKind, { readonly input: string; readonly description: string }>;

/** Names of the placeholder types of the generated inputs. */
export const placeholderNames: ReadonlySet<string> = new Set(Object.values(inputKinds).map(({ input }) => input));

export function createProviderInputs(providers: readonly Provider[]): ProviderInputs {
  const kinds = [...writeOperations, "createCollection"] as const;
  const generated = new Map(kinds.map((kind) => [kind, generateInputs(kind, providers)]));
  const definitions = kinds.flatMap((kind) => generated.get(kind)?.definitions ?? []);
  return {
    definitions: uses(definitions, Json.name) ? [...definitions, ...definitionsOfScalar(Json)] : definitions,
    has: (kind) => (generated.get(kind)?.shapes.size ?? 0) > 0,
    read: (kind, chosen) => {
      const [provider = ""] = Object.keys(chosen);
      const value = chosen[provider];
      // GraphQL has verified that the input has exactly one member, an object.
      if (!isJsonObject(value)) throw new Error(`${inputKinds[kind].input} does not hold an object`);
      const stripped = withoutNulls(value, generated.get(kind)?.shapes.get(provider));
      return { provider, value: isJsonObject(stripped) ? stripped : value };
    },
  };
}

interface GeneratedInputs {
  readonly definitions: readonly TypeDefinitionNode[];
  /** By the provider's id. */
  readonly shapes: ReadonlyMap<string, InputShape>;
}

function generateInputs(kind: InputKind, providers: readonly Provider[]): GeneratedInputs {
  const { input, description } = inputKinds[kind];
  const definitions: TypeDefinitionNode[] = [];
  const shapes = new Map<string, InputShape>();
  const fields = providers.flatMap((provider) => {
    const schema = schemaOf(kind, provider);
    if (schema === undefined) return [];
    const name = toPascal(provider.id) + input;
    const generatedTypes = toInputTypes({ name, description: `${description}, for ${provider.title}.`, schema });
    definitions.push(...generatedTypes.definitions);
    shapes.set(provider.id, generatedTypes.shape);
    const isEmpty = generatedTypes.definitions.length === 0;
    return [
      inputField({ name: provider.id, description: provider.title, type: namedType(isEmpty ? "JSONObject" : name) }),
    ];
  });
  if (fields.length > 0)
    definitions.unshift(
      inputType({
        name: input,
        description: `${description}: a field per provider, of which exactly one is given.`,
        fields,
        oneOf: true,
      }),
    );
  return { definitions, shapes };
}

/** Whether any definition uses the type: scalars without a use stay out of the schema. */
function uses(definitions: readonly TypeDefinitionNode[], typeName: string): boolean {
  let found = false;
  visit({ kind: Kind.DOCUMENT, definitions }, { NamedType: ({ name }) => void (found ||= name.value === typeName) });
  return found;
}

function definitionsOfScalar(scalar: GraphQLScalarType): readonly TypeDefinitionNode[] {
  return parse(printType(scalar), { noLocation: true }).definitions.filter(isTypeDefinitionNode);
}

function schemaOf(kind: InputKind, provider: Provider): z.ZodObject | undefined {
  return kind === "createCollection" ? provider.collections.definition : provider.targets[kind];
}
