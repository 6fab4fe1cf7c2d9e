import { expect, it } from "vitest";
import { milvus } from "../../../src/providers/milvus/index.js";
import { root } from "../book-v2.js";
import { useVector } from "../vector-service.js";

const openMilvus = useVector(milvus);

const ask = (seconds: string, path = "collections/list") =>
  openMilvus().post(`${root}/${path}`, { collectionName: "nothing", data: [{}] }, { "request-timeout": seconds });

it.each(["120", "-1", ""])("the header Request-Timeout may be %j", async (seconds) => {
  expect(await ask(seconds)).toMatchObject({ code: 0 });
});

it.each(["soon", "1.5", "1e3", "9".repeat(19), " "])("the header Request-Timeout may not be %j", async (seconds) => {
  const message = `Request-Timeout parse failed, err: strconv.ParseInt: parsing "${seconds}": invalid syntax: invalid parameter`;
  for (const path of ["collections/list", "entities/insert", "collections/drop", "aliases/list"])
    expect(await ask(seconds, path)).toEqual({ code: 1100, message });
});
