import { systemRequest } from "../../../src/core/request-scope.js";
import { beforeAll } from "vitest";
import { useRestClient } from "./rest-client.js";
import { defineUpload, reference } from "./redivis-service.js";

export const table = `/tables/${reference}`;
export const secret = "/tables/demo.secret:s3cr:next.a_table:wxyz";
export const schema = [{ name: "a", type: "string" }];
export const names = ["events", "one", "two.csv", "three", "four"];

/** A table with the uploads of these names, each with one row more than the one before, and a second table. */
export function useReadTables(): ReturnType<typeof useRestClient> {
  const client = useRestClient();
  const { app, ask } = client;
  beforeAll(async () => {
    for (const [index, name] of names.slice(1).entries()) {
      await app().manageCollections.create(systemRequest, "redivis", defineUpload({ upload: { name, schema } }));
      const rows = Array.from({ length: index + 1 }, () => ({ a: "x" }));
      await ask("POST", `${table}/uploads/${name}/rows`, { body: { rows } });
    }
    await app().manageCollections.create(systemRequest, "redivis", {
      owner: "demo",
      dataset: { name: "My data" },
      table: { name: "A table 2", id: "tab2", uploads: [{ name: "another", schema }] },
    });
  });
  return client;
}
