import { expect, it } from "vitest";
import { useRestClient } from "./rest-client.js";

const { post, get } = useRestClient({ ALTATECH_CALLS_PER_MINUTE: "3" });

it("counts all calls of a bot together except queries of import results", async () => {
  const calls = ["create-table", "records/page", "import/records"].map((call) => `/v1/database/${call}`);
  const codes: unknown[] = [];
  // At least one minute contains more than three of the calls, wherever the minutes begin.
  for (const path of [...calls, ...calls, ...calls]) codes.push((await post(path, "{")).body["code"]);
  expect(codes.slice(0, 1)).toEqual([40000]);
  expect(codes).toContain(40008);
  expect(await get(`/v1/database/query/import-results?ids=${"0".repeat(24)}`)).toEqual([]);
});
