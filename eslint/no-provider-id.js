/**
 * A provider's name belongs to its folder: anywhere else it starts a special case. Checks string literals, template
 * text, property keys and member names, also for a name within a compound (`acmeInsert`, `toAcme`, `acme2-sdk`);
 * imports, comments and the sources of failure rows are exempt. The option lists the names, so a new folder is checked
 * as soon as it exists.
 * @type {import("eslint").Rule.RuleModule}
 */
export const noProviderId = {
  meta: {
    type: "problem",
    docs: { description: "finds provider ids outside the providers' own folders" },
    messages: {
      found:
        "'{{id}}' is a provider's name: move the code to the folder of the provider, or read the name from the registry.",
    },
    schema: [{ type: "array", items: { type: "string" } }],
  },
  create(context) {
    const [ids = []] = /** @type {string[][]} */ (context.options);
    if (ids.length === 0) return {};
    const small = `(?<![A-Za-z0-9])(?:${ids.join("|")})(?![a-z])`;
    const title = `(?:${ids.map((id) => id.charAt(0).toUpperCase() + id.slice(1)).join("|")})(?![a-z])`;
    const capital = `(?<![A-Z0-9])(?:${ids.map((id) => id.toUpperCase()).join("|")})(?![A-Z])`;
    const word = new RegExp([small, title, capital].join("|"));

    /**
     * @param {import("eslint").Rule.Node} node
     * @param {string} text
     */
    function check(node, text) {
      const id = word.exec(text)?.[0];
      if (id !== undefined) context.report({ node, messageId: "found", data: { id } });
    }

    /** @param {import("eslint").Rule.Node & { type: "Identifier" }} node */
    function checkName(node) {
      check(node, node.name);
    }

    return {
      Literal(/** @type {import("eslint").Rule.Node & { type: "Literal" }} */ node) {
        if (typeof node.value === "string" && !isModuleName(node) && !isCitation(node)) check(node, node.value);
      },
      TemplateElement(/** @type {import("eslint").Rule.Node & { type: "TemplateElement" }} */ node) {
        check(node, node.value.cooked ?? node.value.raw);
      },
      ":matches(Property, PropertyDefinition, MethodDefinition, TSPropertySignature, TSMethodSignature)[computed=false] > Identifier.key":
        checkName,
      "MemberExpression[computed=false] > Identifier.property": checkName,
    };
  },
};

/** @param {import("eslint").Rule.Node} node */
function isModuleName(node) {
  return /^(Import|ExportNamed|ExportAll)(Declaration|Expression)$|^TSImportType$/.test(node.parent?.type ?? "");
}

/**
 * The value of a `source`, or the first argument of `documentedBy`: the document behind failure rows.
 * @param {import("eslint").Rule.Node} node
 */
function isCitation(node) {
  const { parent } = node;
  if (parent?.type === "Property")
    return parent.value === node && parent.key.type === "Identifier" && parent.key.name === "source";
  return (
    parent?.type === "CallExpression" &&
    parent.callee.type === "Identifier" &&
    parent.callee.name === "documentedBy" &&
    parent.arguments[0] === node
  );
}
