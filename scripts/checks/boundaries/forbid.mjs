/**
 * @param {string} name
 * @param {string} comment
 * @param {object} from
 * @param {object} to
 * @returns {import("dependency-cruiser").IForbiddenRuleType}
 */
export function forbid(name, comment, from, to) {
  return { name, comment, severity: "error", from, to };
}
