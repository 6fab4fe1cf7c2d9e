const prefix = "my_collection_";
const numberedName = new RegExp(`"${prefix}\\d+"`, "g");

export const newCollectionName = `${prefix}1`;

/**
 * The variables with a new name in place of each of the form `my_collection_<digits>`: its digits are the time, UTC, to
 * a millisecond. Undefined without such a name.
 */
export function renameCollections(variables: unknown, now: Date): object | undefined {
  const text = JSON.stringify(variables ?? {});
  const renamed = text.replaceAll(numberedName, `"${prefix}${now.toISOString().replaceAll(/\D/g, "")}"`);
  // A text with a name has a member that holds the name.
  return renamed === text ? undefined : (JSON.parse(renamed) as object);
}
