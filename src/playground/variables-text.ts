const lineLength = 56;

/** JSON that keeps short values, such as vectors and small records, on one line. */
export function toGraphqlText(value: unknown, indent = ""): string {
  const line = JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, " ");
  if (typeof value !== "object" || value === null || indent.length + line.length <= lineLength) return line;
  const inner = `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((item) => toGraphqlText(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${toGraphqlText(item, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${items.map((item) => inner + item).join(",\n")}\n${indent}${close}`;
}
