import { expect, test } from "vitest";
import { z } from "zod";
import { isJsonObject, type JsonObject } from "../../src/json/value.js";
import { useApp } from "../service/use-app.js";
import { codeBlocks, readDocument } from "./documents.js";

const app = useApp();
const file = z.record(z.string(), z.array(z.custom<JsonObject>(isJsonObject)));

test("the file of definitions grants what the page says", async () => {
  const [block] = codeBlocks(readDocument("docs/rest-faces.md")).filter(({ language }) => language === "json");
  for (const [provider, wanted] of Object.entries(file.parse(JSON.parse(block?.text ?? "")))) {
    for (const definition of wanted) await app().grantAccess(provider, definition);
  }
  const secrets = [
    ["milvus", "reader:secret"],
    ["altatech", "app-000000000000000000000001"],
    ["redivis", "tok-edit"],
    ["dingtalk", "key\nsecret"],
  ];
  const callers = await Promise.all(
    secrets.map(([provider = "", secret = ""]) => app().store.credentials.findCaller(provider, secret, new Date())),
  );
  expect(callers.map((caller) => caller?.scopes)).toEqual([
    ["Query"],
    "all",
    ["data.edit"],
    ["Notable.Base.Read.All", "Notable.Base.Write.All"],
  ]);
});
