import { describe, expect, test } from "vitest";
import { findRowOfReply } from "../../src/contract/failure-reading.js";
import { withFaults } from "../../src/contract/faults.js";
import { buildPath } from "../../src/contract/paths.js";
import * as registry from "../../src/providers/registry.js";
import { randomIds } from "../../src/ids.js";

describe.each(Object.values(registry))("$id, asked to go wrong", (provider) => {
  const transport = withFaults(() => Promise.reject(new Error("nobody is to be asked")), { contracts: provider.contracts, ids: randomIds });
  const rows = provider.contracts.flatMap((contract) => contract.failures.map((row) => ({ contract, row, label: `${contract.name}: ${row.name}` })));

  test.each(rows)("answers $label without a gap, as a client reads it", async ({ contract, row }) => {
    const names = [...contract.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => [name, "x"]);
    const path = buildPath(contract.path, Object.fromEntries(names) as Record<string, string>); // pairs of texts
    const reply = await transport({ method: contract.method, path, query: {}, headers: {}, body: { kind: "none" }, fault: row.name }, AbortSignal.timeout(5000));
    expect(reply.status).toBe(row.status);
    if (contract.method === "HEAD") return;
    expect(JSON.stringify(reply.body)).not.toMatch(/\{\w+\}/);
    expect(findRowOfReply(contract, reply)?.name).toBe(row.name);
  });
});
