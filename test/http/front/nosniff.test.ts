import { expect, test } from "vitest";
import { exchange } from "../raw-http.js";
import { faces, ownOnes, useOpenApp } from "./use-open-app.js";

const { ask, askGraphql, url } = useOpenApp();

const paths = [...faces, ...ownOnes].map(([path]) => path);

test.each([...paths, "/health", "/graphiql/assets/none.js", "/%zz", "/milvus/%zz"])(
  "no browser guesses the type of an answer of %s",
  async (path) => {
    for (const method of ["GET", "POST", "OPTIONS", "HEAD"])
      for (const lines of [["host: localhost"], ["host: rebound.example"], []]) {
        const { headers } = await ask(`${method} ${path} HTTP/1.1`, ...lines);
        expect([method, lines, headers["x-content-type-options"]]).toEqual([method, lines, "nosniff"]);
      }
  },
);

test("nor that of GraphQL or of an answer to bytes that are not a request", async () => {
  expect((await askGraphql("{ __typename }")).headers["x-content-type-options"]).toBe("nosniff");
  for (const bytes of [
    "NONSENSE\r\n\r\n",
    "POST /milvus/x HTTP/1.1\r\nbad header\r\n\r\n",
    "CONNECT x:1 HTTP/1.1\r\n\r\n",
  ])
    expect(await exchange(url(), [bytes])).toMatch(/^HTTP\/1\.1 400 [^]*\r\nx-content-type-options: nosniff\r\n/);
});
