import { expect, it } from "vitest";
import { routeToy } from "../contract/toy-contract.js";
import { callToy, useServed } from "./use-served.js";

const query = `{ recordCollection(id: "c1") { id } }`;
const serve = useServed();

it.each([
  [{}, "request-1"],
  [{ "x-request-id": "client-7" }, "client-7"],
  [{ "x-request-id": "not safe" }, "request-1"],
])("a masked error, its header and the log have one id: %j", async (headers, id) => {
  const { world, ask } = await serve({ world: { broken: new Error("a defect") } });
  const answer = await ask({ query }, headers);
  expect(answer.body).toMatchObject({ errors: [{ message: "internal error", extensions: { requestId: id } }] });
  expect(answer.headers.get("recordgate-request-id")).toBe(id);
  expect(world.logged).toMatchObject([{ details: { requestId: id, error: { message: "a defect" } } }]);
});

it("an error that hides nothing has no id", async () => {
  const answer = await (await serve()).ask({ query: "{ nothing }" });
  expect(answer.headers.get("recordgate-request-id")).toBeNull();
  expect(JSON.stringify(answer.body)).not.toContain("requestId");
});

it("a failed service tells the writer the id of the request, as in the log", async () => {
  const logged: object[] = [];
  const log = { info: () => undefined, warn: () => undefined, error: (details: object) => void logged.push(details) };
  const router = routeToy({ log, authorization: "off", answer: () => Promise.reject(new Error("a defect")) });
  const { ask } = await serve({ world: { dataSource: { insertRecords: callToy(router) } } });
  const mutation = `mutation { insertRecords(input: { target: { shelf: { shelf: "books" } }, records: [] }) {
    __typename ... on WriteError { upstream { requestId } } } }`;
  const { body } = await ask({ query: mutation }, { "x-request-id": "client-7" });
  expect(body).toMatchObject({
    data: { insertRecords: { __typename: "WriteInternalError", upstream: { requestId: "client-7" } } },
  });
  expect(logged).toMatchObject([{ requestId: "client-7", error: { message: "a defect" } }]);
});
