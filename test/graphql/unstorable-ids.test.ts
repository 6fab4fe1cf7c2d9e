import { expect, it } from "vitest";
import { useApp } from "../service/use-app.js";

const app = useApp();

it.each(["\0", "a\0b", "\ud800"])("finds nothing by an id or a cursor that cannot be stored: %j", async (text) => {
  const query = `query ($id: ID!) {
    importTask(id: $id) { id }
    recordCollection(id: $id) { id }
    storedRecord(id: $id) { id }
    recordProvider(id: $id) { id }
    importTasks(collectionId: $id) { nodes { id } }
    _entities(representations: [{ __typename: "ImportTask", id: $id }, { __typename: "RecordCollection", id: $id }, { __typename: "StoredRecord", id: $id }]) { __typename }
  }`;
  const { data, errors } = await app().graphql(query, { id: text });
  expect(errors).toBeUndefined();
  const nothing = { importTask: null, recordCollection: null, storedRecord: null, recordProvider: null };
  expect(data).toEqual({ ...nothing, importTasks: { nodes: [] }, _entities: [null, null, null] });
  const { errors: refused } = await app().graphql(
    "query ($after: String!) { importTasks(after: $after) { nodes { id } } }",
    { after: text },
  );
  expect(refused?.[0]?.extensions?.["code"]).toBe("BAD_USER_INPUT");
  const gone = await app().graphql("mutation ($id: ID!) { deleteCollection(id: $id) { __typename } }", { id: text });
  expect(gone).toMatchObject({ data: { deleteCollection: { __typename: "WriteNotFoundError" } } });
});
