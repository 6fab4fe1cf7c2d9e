import { z } from "zod";
import { showValue } from "../../../json/stringify.js";
import type { ProviderCaller } from "../../../core/access/caller.js";
import type { JsonObject, JsonValue } from "../../../json/value.js";
import { sha256 } from "../../../core/sha256.js";
import type { Space } from "../../../core/collection.js";
import { escapeName, type ReferencePart } from "./reference.js";

export interface TableOfDataset {
  /** In the form of `escapeName`. */
  readonly name: string;
  readonly givenName: string;
  readonly id: string;
}

export interface Dataset {
  readonly owner: string;
  /** In the form of `escapeName`. */
  readonly name: string;
  readonly givenName: string;
  readonly id: string;
  readonly released: readonly string[];
  readonly next: boolean;
  readonly visibility: "public" | "private";
  readonly tables: readonly TableOfDataset[];
}

interface DatasetParts {
  readonly owner: string;
  readonly dataset: {
    readonly name: string;
    readonly id?: string;
    readonly released?: readonly string[];
    readonly next?: boolean;
    readonly visibility?: "public" | "private";
  };
  readonly table: { readonly name: string; readonly id?: string };
}

export function spaceName(owner: string, dataset: string): string {
  return `${owner}.${dataset}`;
}

/**
 * The dataset as a space. A table is stored as two members, `table:<name>` and `table:<name>:id`, and absent properties
 * are omitted: the store merges the definition into that of an existing space, so concurrent calls keep each other's
 * tables.
 */
export function toDatasetDefinition({ owner, dataset, table }: DatasetParts): {
  readonly name: string;
  readonly definition: JsonObject;
} {
  const member = tableMember + escapeName(table.name);
  const space = spaceName(owner.toLowerCase(), escapeName(dataset.name));
  const given: Readonly<Record<string, JsonValue | undefined>> = {
    ...dataset,
    [madeUpIdMember]: madeUpId(space),
    owner: owner.toLowerCase(),
    [member]: table.name,
    [member + idSuffix]: table.id,
  };
  const definition = Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
  return { name: space, definition };
}

/**
 * Explains why a definition belongs to another dataset or table than the stored one: names that are escaped alike share
 * one address, and their ids or full names tell them apart. Undefined when the definitions agree.
 */
export function findDisagreement(stored: JsonObject, wanted: JsonObject): string | undefined {
  const names = [
    "name",
    ...Object.keys(wanted).filter((member) => member.startsWith(tableMember) && !member.endsWith(idSuffix)),
  ];
  for (const name of names) {
    const id = name === "name" ? "id" : name + idSuffix;
    const pairs = [
      [stored[id], wanted[id]],
      [lettersOf(stored[name]), lettersOf(wanted[name])],
    ];
    if (pairs.some(([has, says]) => has !== undefined && says !== undefined && has !== says)) {
      return `${showValue(wanted[name])} has the same address as ${showValue(stored[name])}, which has another id or another name`;
    }
  }
  return undefined;
}

/** Ignores case and punctuation, in every script: two spellings of one name are equal. */
function lettersOf(name: JsonValue | undefined): string | undefined {
  return typeof name === "string" ? name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "_") : undefined;
}

/** Member that stores the generated id, by which a dataset without an id of its own is found. */
export const madeUpIdMember = "madeUpId";

const tableMember = "table:";

/** An upload brings its table, and an existing dataset takes it without any change of its rights. */
export function isTableMember(member: string): boolean {
  return member.startsWith(tableMember);
}

const idSuffix = ":id";

const storedDataset = z.object({
  owner: z.string(),
  name: z.string(),
  id: z.string().optional(),
  released: z.array(z.string()).default([]),
  next: z.boolean().default(true),
  visibility: z.enum(["public", "private"]).default("private"),
});

export function readDataset({ name: space, definition }: Space): Dataset {
  const { name, id = madeUpId(space), ...dataset } = storedDataset.parse(definition);
  const members = Object.keys(definition).filter((key) => key.startsWith(tableMember) && !key.endsWith(idSuffix));
  const tables = members.map((member) => {
    const { [member]: givenName, [member + idSuffix]: given } = definition;
    const escaped = member.slice(tableMember.length);
    return {
      name: escaped,
      givenName: typeof givenName === "string" ? givenName : escaped,
      id: typeof given === "string" ? given : madeUpId(`${space}.${member}`),
    };
  });
  return { ...dataset, name: escapeName(name), givenName: name, id, tables };
}

/** The same id for the same name, in every process. It is hexadecimal, so it is never `next`. */
function madeUpId(name: string): string {
  return sha256(name).slice(0, 4);
}

/** The id decides when name and id disagree. */
export function findTableOfDataset({ tables }: Dataset, { name, id }: ReferencePart): TableOfDataset | undefined {
  if (id === undefined) return tables.find((table) => table.name === name);
  const withId = tables.filter((table) => table.id === id);
  return withId.find((table) => table.name === name) ?? withId[0];
}

/**
 * The version that the reference names, the latest released one by default; undefined when the dataset does not have
 * it.
 */
export function resolveVersion({ released, next }: Dataset, version: string | undefined): string | undefined {
  const unreleased = next ? "next" : undefined;
  if (version === undefined || version === "current") return released.at(-1) ?? unreleased;
  return version === "next" ? unreleased : released.find((candidate) => candidate === version);
}

/** The grants of a caller are owners, whose datasets the caller may edit. */
export function mayEdit({ grants }: ProviderCaller, { owner }: Dataset): boolean {
  return grants === "all" || grants.some((grant) => grant.toLowerCase() === owner);
}

export function maySee(caller: ProviderCaller, dataset: Dataset): boolean {
  return dataset.visibility === "public" || mayEdit(caller, dataset);
}
