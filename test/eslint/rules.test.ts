import { Linter } from "eslint";
import { expect, it } from "vitest";
import { disableReason } from "../../eslint/disable-reason.js";
import { noProviderId } from "../../eslint/no-provider-id.js";
import configs from "../../eslint.config.js";

const plugins = { recordgate: { rules: { "disable-reason": disableReason, "no-provider-id": noProviderId } } };

function problems(rule: string, code: string, ...options: string[][]): number {
  const rules: Linter.RulesRecord = { [`recordgate/${rule}`]: ["error", ...options] };
  const linterOptions = { reportUnusedDisableDirectives: "off" } as const;
  return new Linter().verify(code, { plugins, rules, linterOptions }).length;
}

it.each([
  `call("acme");`,
  `call("acme-table");`,
  `call("ACME_TOKEN");`,
  "call(`one ${two} acme/three`);",
  `call({ acme: 1 });`,
  `call(types.acme);`,
  `class Types { acme = 1 }`,
  `call("acmeInsert");`,
  `call("the Acme service");`,
  `call({ toAcme: 1 });`,
  `call("acme2-sdk");`,
  `call({ id: "acme" });`,
  `documentedBy(source, "acme");`,
])("finds a provider's name in %s", (code) => {
  expect(problems("no-provider-id", code, ["acme"])).toBe(1);
});

it.each([
  `import { acme } from "./acme/index.js"; call(acme);`,
  `export { acme } from "./acme/index.js";`,
  `const provider = await import("./acme/index.js");`,
  `documentedBy("acme: errors.go", [{ source: "Acme API, errors" }]);`,
  `call("acmeist", "pacme", "Acmeist", "PACME"); // acme`,
])("leaves alone %s", (code) => {
  expect(problems("no-provider-id", code, ["acme"])).toBe(0);
});

it("asks a switched-off rule for its reason", () => {
  expect(problems("disable-reason", "// eslint-disable-next-line eqeqeq\ncall();")).toBe(1);
  expect(problems("disable-reason", "// oxlint-disable-next-line await-thenable\ncall();")).toBe(1);
  expect(problems("disable-reason", "// eslint-disable-next-line eqeqeq -- the two kinds of nothing\ncall();")).toBe(0);
});

it.each([
  "/^Bearer +(.*\\S)/i.exec(header)",
  "/^(bearer|basic)(?:\\s+(.*))?$/i.exec(header)",
  "/\\s+$/.test(path)",
  "/^(?:a+)+$/.test(name)",
])("finds the expression that takes quadratic time: %s", (code) => {
  expect(lint(code)).toEqual([expect.stringMatching(/^regexp\/no-super-linear-/)]);
});

it("leaves linear expressions alone", () => {
  expect(lint("/^Bearer /i.test(header); /^[a-z]+$/.test(name)")).toEqual([]);
});

/** The rules that the project's configuration has for the expressions of src. */
function lint(code: string): readonly (string | null)[] {
  const { plugins: given, rules = {} } = configs.find(({ plugins: own }) => own?.["regexp"] !== undefined) ?? {};
  return new Linter().verify(code, { plugins: given, rules }).map(({ ruleId }) => ruleId);
}
