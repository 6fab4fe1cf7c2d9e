import { describe, expect, it } from "vitest";
import { failure, useRedivis } from "./redivis-service.js";

const openService = useRedivis();
const mebibyte = 1024 * 1024;

describe("the limits", () => {
  it("accept exactly 100 MB, or the configured size", async () => {
    const sendTo = (settings: Readonly<Record<string, number>>, sizeBytes: number) =>
      openService({ settings }).send({ sizeBytes });
    expect(await sendTo({}, 100 * mebibyte)).toMatchObject({ status: 404 });
    expect(await sendTo({}, 100 * mebibyte + 1)).toMatchObject({ status: 413 });
    expect(await sendTo({ MAX_BYTES: 10 }, 11)).toMatchObject(
      failure(413, "payload_too_large", expect.stringContaining("11 bytes, at most 10")),
    );
  });

  it("count calls in a window only when configured, and answer when to retry", async () => {
    let now = 0;
    const { send } = openService({
      settings: { RATE_LIMIT_REQUESTS: 1, RATE_LIMIT_SECONDS: 10 },
      now: () => new Date(now),
    });
    expect(await send({})).toMatchObject({
      status: 404,
      headers: { "x-ratelimit-limit": "1", "x-ratelimit-remaining": "0" },
    });
    now = 2500;
    expect(await send({})).toMatchObject({
      ...failure(429, "too_many_requests"),
      headers: { "x-ratelimit-remaining": "0", "retry-after": "8" },
    });
    now = 10_000;
    expect((await send({})).headers).not.toHaveProperty("retry-after");
    expect((await openService().send({})).headers).not.toHaveProperty("x-ratelimit-limit");
  });
});
