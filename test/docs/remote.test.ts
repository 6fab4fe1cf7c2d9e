import { expect, test } from "vitest";
import type { Contract } from "../../src/contract/contract.js";
import { gatewayFailures } from "../../src/contract/failures/gateway-failures.js";
import { upstreamShape } from "../../src/host/settings/upstream-settings.js";
import { builtInProviders } from "../../src/index.js";
import { readDocument } from "./documents.js";

const page = readDocument("docs/remote.md");

test("the page of remote services names every bound", () => {
  expect(Object.keys(upstreamShape).filter((name) => !page.includes(`\`<ID>_${name}\``))).toEqual([]);
});

function namesOf({ failures }: Contract, retry: string): string {
  const own = failures.filter((row) => row.retry === retry && !gatewayFailures.includes(row));
  return own.map(({ name, code }) => (code === undefined ? `\`${name}\`` : `\`${name}\` (${code})`)).join(", ");
}

/** The failure rows of the writes, by their rule for a repeat. */
function renderTable(): readonly string[] {
  const writes = builtInProviders.flatMap(({ id, contracts }) =>
    contracts.flatMap((contract) => (contract.operation === undefined ? [] : [{ id, contract }])),
  );
  const shown = writes.filter(({ contract }) => !contract.name.startsWith("v2-"));
  return [
    "| provider | write | sent again: refused before anything was done | sent again only where a repeat cannot apply twice |",
    "|---|---|---|---|",
    ...shown.map(
      ({ id, contract }) =>
        `| \`${id}\` | \`${contract.operation ?? ""}\` | ${namesOf(contract, "yes")} | ${namesOf(contract, "only-if-idempotent")} |`,
    ),
    `| every | | ${gatewayNames("yes")} | ${gatewayNames("only-if-idempotent")} |`,
  ];
}

function gatewayNames(retry: string): string {
  return gatewayFailures.flatMap((row) => (row.retry === retry ? `\`${row.name}\`` : [])).join(", ");
}

test("its table of repeats is that of the failure rows", () => {
  const [, table = ""] = /<!-- resend table -->\n(.*?)<!-- end of the table -->/s.exec(page) ?? [];
  const lines = table.split("\n").filter((line) => line !== "");
  expect(lines).toEqual(renderTable());
});
