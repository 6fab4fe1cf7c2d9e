import { existsSync, readdirSync } from "node:fs";
import { defineConfig } from "eslint/config";
import * as regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";
import { disableReason } from "./eslint/disable-reason.js";
import { noProviderId } from "./eslint/no-provider-id.js";

const providersFolder = new URL("src/providers/", import.meta.url);
const providerIds = existsSync(providersFolder)
  ? readdirSync(providersFolder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
  : [];

const noEnum = { selector: "TSEnumDeclaration", message: "Closed sets are string unions." };
const noDefaultExport = { selector: "ExportDefaultDeclaration", message: "Use a named export." };
// `ProviderFailure` is one of the words of the design: a failure that is data as soon as it arrives at a face.
const noOddErrorName = {
  selector: "ClassDeclaration[superClass.name=/Error$/]:not([id.name=/(Error|^ProviderFailure)$/])",
  message: "The name of an error ends in Error.",
};
const onlyMain = "Only src/main.ts reads the environment: take what is needed from the configuration.";
const noProcessEnv = [
  { selector: "MemberExpression[object.name='process'][property.name='env']", message: onlyMain },
  { selector: "VariableDeclarator[init.name='process'] Property[key.name='env']", message: onlyMain },
  { selector: "ImportDeclaration[source.value=/^(node:)?process$/]", message: onlyMain },
];

export default defineConfig(
  {
    ignores: [
      "dist",
      "node_modules",
      "coverage",
      "src/persistence/generated",
      "test/peers/node_modules",
      "test/bench/peers/node_modules",
      "examples/typed-client",
    ],
  },
  // The rules that need types are those of .oxlintrc.json.
  ...tseslint.configs.strict,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { recordgate: { rules: { "disable-reason": disableReason, "no-provider-id": noProviderId } } },
    rules: {
      "recordgate/disable-reason": "error",
      "max-lines": ["error", { max: 250 }],
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-unused-vars": "off",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "inline-type-imports", disallowTypeAnnotations: false },
      ],
      "@typescript-eslint/ban-ts-comment": [
        "error",
        {
          "ts-expect-error": "allow-with-description",
          "ts-ignore": "allow-with-description",
          "ts-nocheck": true,
          minimumDescriptionLength: 10,
        },
      ],
      // Resolver, data type and error classes are data to decorators and to `instanceof`.
      "@typescript-eslint/no-extraneous-class": ["error", { allowWithDecorator: true, allowEmpty: true }],
    },
  },
  {
    files: ["src/**", "test/**", "scripts/**"],
    rules: { "no-restricted-syntax": ["error", noEnum, noDefaultExport, noOddErrorName] },
  },
  {
    files: ["src/**"],
    ignores: ["src/main.ts"],
    rules: { "no-restricted-syntax": ["error", noEnum, noDefaultExport, noOddErrorName, ...noProcessEnv] },
  },
  // A client chooses the length of the text that an expression reads, often before it is known.
  {
    files: ["src/**"],
    plugins: { regexp },
    rules: {
      "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
      "regexp/no-super-linear-move": ["error", { report: "potential" }],
    },
  },
  { files: ["src/**"], ignores: ["src/providers/**"], rules: { "recordgate/no-provider-id": ["error", providerIds] } },
);
