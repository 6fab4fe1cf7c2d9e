const given = `
declare const console: { log(...values: readonly unknown[]): void };
declare const anything: any;
declare const promise: Promise<number>;
declare const thing: { a: number };
declare const text: string;
declare const count: number;
declare const flag: boolean;
declare const list: string[];
declare const kind: "one" | "two";
enum Size { Small, Large }
declare const size: Size;
class Point { constructor(readonly x: number) {} method() { return this.x; } }
declare const point: Point;
`;

/** Code that each rule that needs types finds fault with. */
const violations = {
  "await-thenable": "await 5;",
  "no-array-delete": "delete list[0];",
  "no-base-to-string": "console.log(thing.toString());",
  "no-confusing-void-expression": "const nothing = console.log(1);",
  "no-deprecated": "/** @deprecated */ function old(): void {} old();",
  "no-duplicate-type-constituents": "type Twice = string | string;",
  "no-floating-promises": "promise.then(() => 1);",
  "no-for-in-array": "for (const key in list) console.log(key);",
  "no-generated-empty-object-type": `type Empty = Omit<{ a: 1 }, "a">;`,
  "no-implied-eval": `setTimeout("alert(1)", 1);`,
  "no-meaningless-void-operator": "void console.log(1);",
  "no-misused-promises": "if (promise) console.log(1);",
  "no-misused-spread": "console.log({ ...promise });",
  "no-mixed-enums": `enum Colour { Red, Blue = "blue" }`,
  "no-redundant-type-constituents": "type Redundant = string | any;",
  "no-unnecessary-boolean-literal-compare": "if (flag === true) console.log(1);",
  "no-unnecessary-condition": "console.log(thing?.a);",
  "no-unnecessary-template-expression": "console.log(`${text}`);",
  "no-unnecessary-type-arguments": "class Box<T = string> { value?: T } console.log(new Box<string>());",
  "no-unnecessary-type-assertion": "console.log(text as string);",
  "no-unnecessary-type-conversion": "console.log(String(text));",
  "no-unsafe-argument": "Math.max(anything);",
  "no-unsafe-assignment": "const unsafe: number = anything;",
  "no-unsafe-call": "anything();",
  "no-unsafe-enum-assignment": "const made: Size = count;",
  "no-unsafe-enum-comparison": "if (size === 1) console.log(1);",
  "no-unsafe-member-access": "console.log(anything.b);",
  "no-unsafe-return": "function read(): number { return anything; }",
  "no-unsafe-unary-minus": "console.log(-text);",
  "no-useless-default-assignment": "const { a = 3 } = thing;",
  "only-throw-error": "throw text;",
  "prefer-promise-reject-errors": "void Promise.reject(5);",
  "prefer-reduce-type-parameter": "list.reduce((sum, each) => ({ ...sum, [each]: 1 }), {} as Record<string, number>);",
  "prefer-return-this-type": "class Chain { next(): Chain { return this; } }",
  "related-getter-setter-pairs": "class Pair { get a(): string | number { return 1; } set a(value: string) {} }",
  "restrict-plus-operands": "console.log(count + text);",
  "restrict-template-expressions": "console.log(`${list}`);",
  "return-await": "async function wait() { try { return promise; } catch { return 2; } }",
  "switch-exhaustiveness-check": `switch (kind) { case "one": break; }`,
  "unbound-method": "const method = point.method;",
  "use-unknown-in-catch-callback-variable": "void promise.catch((error) => { console.log(error); });",
};

export const violatedRules = Object.keys(violations).sort();

/** Modules by their file names, which are those of the rules. */
export const violatingModules: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(violations).map(([rule, code]) => [`${rule}.ts`, `${given}${code}\nexport {};\n`]),
);
