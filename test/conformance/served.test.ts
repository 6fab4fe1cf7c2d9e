import { describe, expect, test } from "vitest";
import { isBelow } from "../../src/contract/paths.js";
import type { Contract } from "../../src/contract/contract.js";
import * as registry from "../../src/providers/registry.js";
import { useApp } from "../service/use-app.js";
import { requestTo } from "./request-to.js";

const app = useApp();

describe.each(Object.values(registry))("$id", (provider) => {
  const mounts = (path: string): readonly string[] => [
    `/${provider.id}`,
    ...provider.root.filter((claim) => isBelow(path, claim)).map(() => ""),
  ];

  test.each(provider.contracts)("serves $name under its name and at its root", async (contract) => {
    const { path } = requestTo(contract);
    for (const mount of mounts(path)) {
      const [known, unknown] = [
        await ask(contract, mount + path),
        await ask(contract, `${mount}${path}/nothing/like/it`),
      ];
      expect([mount, known]).not.toEqual([mount, unknown]);
    }
  });
});

/** The reply without the members that are generated for each call. */
async function ask({ method, dialect }: Contract, path: string): Promise<object> {
  const body = ["POST", "PUT", "PATCH"].includes(method) ? "{" : undefined;
  const response = await app().fetch(path, {
    method,
    headers: { ...dialect.credentials.write("any:key"), "content-type": "application/json" },
    body,
  });
  const [text, told] = [await response.text(), response.headers.get(dialect.errorHeader ?? "x-none")];
  return { status: response.status, text: text.replaceAll(/[0-9A-F-]{36}/gi, "ID"), told };
}
