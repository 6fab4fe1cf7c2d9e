import { z } from "zod";
import type { Contract, Dialect } from "../../src/contract/contract.js";
import { defineContract } from "../../src/contract/define-contract.js";
import { bearer } from "../../src/contract/credentials.js";
import { defineFailures } from "../../src/contract/failures/failure-table.js";
import { DefinitionError, defineProvider, type Provider } from "../../src/contract/provider.js";
import type { JsonValue } from "../../src/json/value.js";

const dialect: Dialect = {
  credentials: bearer,
  writeError: ({ row, message }) => ({ code: row.code ?? "", message }),
  readError: (body) => z.object({ code: z.string().optional(), message: z.string().optional() }).catch({}).parse(body),
  headers: {},
};

const failures = defineFailures({
  source: "nowhere",
  serviceFailures: {
    internal: { status: 500, code: "broken", message: "the shelf is broken" },
    unavailable: { status: 503, code: "later", message: "come back later" },
    interrupted: { status: 500, code: "interrupted", message: "the shelf fell over" },
    unknownPath: { status: 404, code: "nowhere", message: "there is no such shelf" },
  },
  malformed: "bad-rows",
  tooLarge: "too-many-rows",
  rows: [
    { name: "no-card", status: 401, code: "card", message: "show your card", kind: "unauthenticated", retry: "no" },
    { name: "bad-rows", status: 400, code: "bad", message: "{problem}", kind: "invalid-input", retry: "no" },
    {
      name: "too-many-rows",
      status: 413,
      code: "too-many",
      message: "at most {limit} rows",
      kind: "payload-too-large",
      retry: "no",
    },
  ],
});

const json = z.custom<JsonValue>(() => true);

function contractOf(operation: "insertRecords" | "upsertEntities", path: string): Contract {
  return defineContract({
    name: operation === "insertRecords" ? "add-rows" : "put-rows",
    operation,
    summary: "Adds rows to a shelf.",
    source: "https://shelf.example/docs",
    method: "POST",
    path,
    dialect,
    body: z.strictObject({ rows: z.array(z.record(z.string(), json)) }),
    reply: z.object({ ids: z.array(z.string()) }),
    status: 200,
    succeeded: () => true,
    idempotent: operation === "upsertEntities",
    requiredScope: "shelf.write",
    scopeCheckedBy: "service",
    limits: [{ name: "rows", setting: "MAX_ROWS", max: 100, unit: "records", description: "rows of one request" }],
    checks: [
      { check: "caller", missing: "accepted", failure: "no-card" },
      { check: "limit", limit: "rows", failure: "too-many-rows" },
    ],
    failures,
  });
}

const target = z
  .strictObject({
    shelf: z.string().min(2).describe("The shelf's name."),
    room: z.string().optional().describe("The room it stands in."),
    mode: z.enum(["append", "replace"]).default("append"),
    note: z.string().nullable().optional().describe("Kept with the rows; null removes it."),
  })
  .describe("A shelf.");

const definition = z.strictObject({
  shelf: z.string().describe("The shelf's name."),
  planks: z.int().min(1).max(50).describe("How many planks it has."),
  width: z.int().positive().optional(),
  load: z.number().optional(),
  sturdy: z.boolean().default(true),
  boxes: z
    .array(
      z.strictObject({
        label: z.string(),
        kind: z.enum(["open", "closed"]),
        sizes: z.array(z.int32()).optional(),
        extra: json.optional(),
      }),
    )
    .describe("What stands on it."),
  format: z.enum(["YYYY-MM-DD", "MM/DD"]).optional().describe("How dates are written."),
  tags: z.record(z.string(), z.string()).optional(),
});

/**
 * A provider of nothing: its contract is made up, its schemas hold one of everything that inputs are generated from.
 */
export function createFakeProvider(overrides: Partial<Pick<Provider, "id" | "title" | "targets">> = {}): Provider {
  const { targets = { insertRecords: target, upsertEntities: target.pick({ shelf: true }) }, ...words } = overrides;
  return defineProvider({
    id: "shelf",
    title: "Shelf",
    root: ["/shelves"],
    contracts: [
      contractOf("insertRecords", "/shelves/{shelf}/rows"),
      contractOf("upsertEntities", "/shelves/{shelf}/put"),
    ],
    collections: {
      definition,
      toCollection: (parsed) => {
        if (parsed.planks === 13)
          throw new DefinitionError({ field: "planks", rule: "unlucky", message: "13 planks will not hold" });
        return { space: { name: "home", definition: {} }, name: parsed.shelf, definition: { planks: parsed.planks } };
      },
      toFields: (collection, record) => ({ ...record.fields, shelf: collection.name }),
    },
    createService: () => [],
    dataSource: { targets, connect: () => ({}) },
    samples: [],
    ...words,
  });
}
