import { describe, expect, test } from "vitest";
import { findRowOfReply } from "../../src/contract/failures/row-of-reply.js";
import { withFaults } from "../../src/contract/server/faults.js";
import * as registry from "../../src/providers/registry.js";
import { randomIds } from "../../src/host/system.js";
import { distinctRows } from "./distinct-rows.js";
import { requestTo } from "./request-to.js";

describe.each(Object.values(registry))("$id with a requested fault", (provider) => {
  const transport = withFaults(() => Promise.reject(new Error("the transport must not be called")), {
    contracts: provider.contracts,
    ids: randomIds,
  });

  test.each(distinctRows(provider.contracts))(
    "answers $label with every parameter filled, as a client reads it",
    async ({ row, contracts }) => {
      for (const contract of contracts) {
        const reply = await transport(
          { ...requestTo(contract), body: { kind: "none" }, fault: row.name },
          AbortSignal.timeout(5000),
        );
        expect(reply.status).toBe(row.status);
        if (contract.method === "HEAD") continue;
        expect(JSON.stringify(reply.body)).not.toMatch(/\{\w+\}/);
        expect(findRowOfReply(contract, reply)?.name).toBe(row.name);
      }
    },
  );
});
