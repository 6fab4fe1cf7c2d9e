/**
 * Has `zod` allocate the function of every transformed value as a young one. V8 puts a function literal that is assigned
 * to a property among the old values, where it keeps what it refers to, such as the records of a request, until a full
 * collection.
 * @returns {import("vite").Plugin}
 */
export function youngFunctions() {
  let count = 0;
  return {
    name: "young-functions",
    transform(code, id) {
      if (!/\/node_modules\/zod\/.*\.js$/.test(id)) return undefined;
      return code.replaceAll(/^( *)payload\.addIssue = (\(\w+\) => \{\n.*?\n\1\});$/gms, (_text, indent, literal) => {
        count += 1;
        return `${indent}const addIssue = ${literal};\n${indent}payload.addIssue = addIssue;`;
      });
    },
    buildEnd(error) {
      if (error === undefined && count === 0) throw new Error("zod no longer assigns addIssue to a payload");
    },
  };
}
