import { registerEnumType } from "type-graphql";

/** Registers a closed set of core as a GraphQL enum: `not-applied` becomes `NOT_APPLIED`. */
export function registerStringEnum<Word extends string>(set: {
  readonly name: string;
  readonly description: string;
  readonly meanings: Readonly<Record<Word, string>>;
}): object {
  const entries = Object.entries<string>(set.meanings).map(([word, description]) => ({
    name: toEnumName(word),
    word,
    description,
  }));
  const words = Object.fromEntries(entries.map(({ name, word }) => [name, word]));
  const valuesConfig = Object.fromEntries(entries.map(({ name, description }) => [name, { description }]));
  registerEnumType(words, { name: set.name, description: set.description, valuesConfig });
  return words;
}

function toEnumName(word: string): string {
  return word.toUpperCase().replaceAll("-", "_");
}
