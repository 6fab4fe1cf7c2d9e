import { expect, it } from "vitest";
import { useRestClient, type Asked } from "./rest-client.js";
import { failure, reference } from "./redivis-service.js";

// The window is an hour, so a test spans two windows only when it runs on the hour.
const { ask } = useRestClient({ REDIVIS_RATE_LIMIT_REQUESTS: "8", REDIVIS_RATE_LIMIT_SECONDS: "3600" });
const table = `/tables/${reference}`;

it("counts all calls of a token together and answers the budget to all of them", async () => {
  const calls: readonly (readonly [string, string, Asked?])[] = [
    ["GET", table],
    ["HEAD", table],
    ["GET", `${table}/uploads`],
    ["POST", `${table}/uploads`, { body: "{" }],
    ["GET", `${table}/uploads/nothing`],
    ["HEAD", `${table}/uploads/events`],
    ["POST", `${table}/uploads/events/rows`, { body: { rows: [] } }],
    ["DELETE", `${table}/uploads/nothing`],
  ];
  for (const [index, call] of calls.entries()) {
    const { headers } = await ask(...call);
    expect([
      headers.get("x-ratelimit-limit"),
      headers.get("x-ratelimit-remaining"),
      headers.get("retry-after"),
    ]).toEqual(["8", String(7 - index), null]);
  }
  for (const call of calls.filter(([method]) => method !== "HEAD")) {
    const answer = await ask(...call);
    expect(answer).toMatchObject(failure(429, "too_many_requests"));
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  }
  const head = await ask("HEAD", table);
  expect([head.status, decodeURIComponent(head.headers.get("x-redivis-error-payload") ?? "")]).toEqual([
    429,
    expect.stringContaining("too_many_requests"),
  ]);
  expect(await ask("GET", table, { token: "stranger" })).toMatchObject({ status: 200 });
});
