import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { print } from "graphql";
import { z } from "zod";
import type { Contract } from "../src/contract/contract.js";
import type { FailureRow } from "../src/contract/failures/failure-row.js";
import type { Provider } from "../src/contract/provider.js";
import { createProviderInputs } from "../src/graphql/inputs/provider-inputs.js";
import { buildSubgraph } from "../src/graphql/schema/subgraph.js";
import * as registry from "../src/providers/registry.js";

/** The emitted files: path below the folder -> text. */
function emit(providers: readonly Provider[]): ReadonlyMap<string, string> {
  const { document } = buildSubgraph(createProviderInputs(providers));
  return new Map([
    ["schema.graphql", `${print(document)}\n`],
    ...providers.map((provider): [string, string] => [
      `contracts/${provider.id}.json`,
      `${JSON.stringify(describeProvider(provider), null, 2)}\n`,
    ]),
  ]);
}

function describeProvider(provider: Provider): object {
  return {
    id: provider.id,
    title: provider.title,
    contracts: provider.contracts.map(describeContract),
    failures: describeRows(provider.contracts),
  };
}

/** Each row once. A row that not all contracts have, or that differs between them, names its contracts. */
function describeRows(contracts: readonly Contract[]): readonly object[] {
  const byText = new Map<string, { readonly row: object; readonly contracts: string[] }>();
  for (const { name, failures } of contracts) {
    for (const row of failures.map(describeRow)) {
      const text = JSON.stringify(row);
      const known = byText.get(text) ?? { row, contracts: [] };
      byText.set(text, { row, contracts: [...known.contracts, name] });
    }
  }
  return [...byText.values()].map(({ row, contracts: having }) =>
    having.length === contracts.length ? row : { ...row, contracts: having },
  );
}

function describeContract(contract: Contract): object {
  const { name, operation, method, path, summary, source, status, idempotent, requiredScope } = contract;
  return {
    ...{ name, operation, method, path, summary, source, status, idempotent, requiredScope },
    body: toJsonSchema(contract.body),
    reply: toJsonSchema(contract.reply),
    limits: contract.limits.map((limit) => ({
      name: limit.name,
      setting: limit.setting,
      max: limit.max,
      partMax: limit.partMax,
      unit: limit.unit,
      description: limit.description,
    })),
    checks: contract.checks,
    /** In the order in which a client looks at them. */
    failures: contract.failures.map(({ name }) => name),
  };
}

function toJsonSchema(schema: z.ZodType): object {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}

function describeRow({ recognise, ...row }: FailureRow): object {
  return recognise === undefined ? row : { ...row, recognise: { ...recognise, message: recognise.message?.source } };
}

function write(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [name, text] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** The files of the folder that are missing, differ or are superfluous, apart from line ends. */
function findDifferences(folder: string, files: ReadonlyMap<string, string>): readonly string[] {
  const committed = new Set(
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/")),
  );
  const unwanted = [...committed].filter((name) => /\.(graphql|json)$/.test(name) && !files.has(name));
  const changed = [...files].filter(
    ([name, text]) =>
      !committed.has(name) || readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n") !== text,
  );
  return [...changed.map(([name]) => name), ...unwanted].sort();
}

const { values } = parseArgs({
  options: { out: { type: "string", default: "schema" }, check: { type: "boolean", default: false } },
});
const files = emit(Object.values(registry));
if (values.check) {
  const differences = findDifferences(values.out, files);
  for (const name of differences)
    console.error(
      `${values.out}/${name} differs from the emitted schema: run npm run schema and review the difference`,
    );
  process.exitCode = differences.length > 0 ? 1 : 0;
} else {
  write(values.out, files);
}
