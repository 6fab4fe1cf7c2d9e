import { expect, test } from "vitest";
import { jotter } from "../fixtures/sixth-provider/index.js";
import { toCollections, toSettings } from "./case-state.js";
import { findForm, learnWriteForms, readReceipt, toMutation } from "./write-form.js";

const request = { method: "POST", path: "/notebooks/recipes/notes", query: {}, headers: {} } as const;
const notes = [{ title: "Bread" }, { title: "Soup" }];

test("an unknown provider is run by its declarations alone", async () => {
  const form = findForm(await learnWriteForms(jotter), request);
  if (form === undefined) throw new Error("no form fits the request");
  expect(toMutation(form, { ...request, body: { kind: "value", value: { notes } } })).toEqual({
    operation: "insertRecords",
    target: { notebook: "recipes" },
    records: notes,
  });
  expect(toMutation(form, { ...request, body: { kind: "value", value: { notes: "none" } } })).toBeUndefined();
  const reply = { status: 201, headers: {}, body: { added: [{ number: 7 }, { number: 8 }] } };
  expect(await readReceipt(form, notes.length, reply)).toMatchObject({ count: 2, ids: ["7", "8"] });
  expect(await readReceipt(form, notes.length, { status: 500, headers: {}, body: null })).toEqual({});
});

test("its definitions and settings are those of the case", () => {
  expect(toCollections(jotter, { notebook: "recipes" })).toEqual([{ definition: { notebook: "recipes" } }]);
  expect(toSettings(jotter, { maxNotes: 2, callsPerMinute: 1 })).toEqual({ MAX_NOTES: "2", CALLS_PER_MINUTE: "1" });
  expect(() => toSettings(jotter, { polls: 1 })).toThrow("jotter has no setting for the option polls");
});
