import { readFileSync } from "node:fs";
import { assertObjectType, buildSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { composeSupergraph } from "../../examples/federation/supergraph.js";
import { codeBlocks, readDocument } from "../docs/documents.js";

test("the example's supergraph leads from a book of the library to its records in Recordgate", () => {
  const supergraph = composeSupergraph(readFileSync("schema/schema.graphql", "utf8"));
  const schema = buildSchema(supergraph, { assumeValidSDL: true });
  const fieldsOf = (name: string) => Object.keys(assertObjectType(schema.getType(name)).getFields());
  expect(fieldsOf("Query")).toEqual(expect.arrayContaining(["book", "recordCollection"]));
  expect(fieldsOf("Mutation")).toContain("insertRecords");
  expect(fieldsOf("Book")).toEqual(["isbn", "title", "records"]);
  const [query = ""] = codeBlocks(readDocument("examples/federation/README.md")).flatMap(({ language, text }) =>
    language === "graphql" ? [text] : [],
  );
  expect(validate(schema, parse(query))).toEqual([]);
  expect(fieldsOf("RecordCollection")).toContain("records");
  expect(supergraph).toMatch(/type RecordCollection\s.*@join__type\(graph: LIBRARY, key: "id", resolvable: false\)/s);
});
