/**
 * Stands in the bundle for the validation of arguments of `type-graphql`, which the schema switches off: the original
 * makes a promise for every argument all the same.
 * @template Value
 * @param {Value} value
 * @param {unknown} _type
 * @param {unknown} _data
 * @param {unknown} validateAll
 * @param {unknown} validateThis
 */
export function validateArg(value, _type, _data, validateAll, validateThis) {
  if ((validateThis ?? validateAll) === false) return value;
  throw new Error("the bundle does not contain the validation of arguments");
}
