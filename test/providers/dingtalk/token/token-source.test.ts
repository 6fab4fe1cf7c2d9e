import { beforeEach, describe, expect, it } from "vitest";
import { dingtalk } from "../../../../src/providers/dingtalk/index.js";
import { write } from "../../../conformance/write.js";
import { useApp } from "../../../service/use-app.js";
import { createWaitlessClock } from "../../../service/waitless-clock.js";
import { target } from "../dingtalk-app.js";

const clock = createWaitlessClock();

/** What the token endpoint and the insert answer; undefined hangs up. */
let answerToken: () => Response | undefined;
let answerInsert: (token: string) => Response | undefined;
const seen = { tokens: 0, inserts: 0 };

const app = useApp({
  ...{ providers: [dingtalk], clock },
  environment: {
    ...{ DINGTALK_BASE_URL: "https://api.dingtalk.test" },
    ...{ DINGTALK_APP_KEY: "key-of-the-app", DINGTALK_APP_SECRET: "secret-of-the-app" },
  },
  fetch: async (url, init) => {
    const request = new Request(url, init);
    const isToken = request.url.endsWith("/oauth2/accessToken");
    if (isToken) seen.tokens += 1;
    else seen.inserts += 1;
    // Concurrent calls meet while the token is fetched.
    await new Promise((resolve) => setTimeout(resolve, 5));
    const response = isToken ? answerToken() : answerInsert(request.headers.get("x-acs-dingtalk-access-token") ?? "");
    if (response === undefined) throw new TypeError("fetch failed", { cause: new Error("other side closed") });
    return response;
  },
});

const inserted = (): Response => Response.json({ value: [{ id: "RNXU1Vm2L2" }] });
const refused = (code: string): Response =>
  Response.json({ code, message: "refused: secret-of-the-app" }, { status: 400 });

function insert(): Promise<Readonly<Record<string, unknown>>> {
  return write(app(), { provider: dingtalk.id, operation: "insertRecords", target, records: [{ 标题: "123" }] });
}

describe("the access token of an app", () => {
  let issued = 0;
  beforeEach(() => {
    // The token of the test before has expired.
    clock.waits.push(7200_000);
    Object.assign(seen, { tokens: 0, inserts: 0 });
    answerToken = () => Response.json({ accessToken: `token-${++issued}`, expireIn: 7200 });
    answerInsert = (token) => (token === `token-${issued}` ? inserted() : refused("InvalidAuthentication"));
  });

  it("is fetched once for concurrent calls, kept, and fetched again shortly before it expires", async () => {
    const results = await Promise.all([insert(), insert(), insert()]);
    expect(results.map((result) => result["__typename"])).toEqual(Array(3).fill("InsertRecordsSuccess"));
    expect(seen).toEqual({ tokens: 1, inserts: 3 });
    clock.waits.push(6_999_000);
    await insert();
    expect(seen.tokens).toBe(1);
    clock.waits.push(2000);
    await insert();
    expect(seen.tokens).toBe(2);
  });

  it("is renewed once by concurrent calls that are refused, and a second refusal is final", async () => {
    await insert();
    issued += 1;
    const results = await Promise.all([insert(), insert()]);
    expect(results.map((result) => result["__typename"])).toEqual(Array(2).fill("InsertRecordsSuccess"));
    expect(seen.tokens).toBe(2);
    Object.assign(seen, { tokens: 0, inserts: 0 });
    answerInsert = () => refused("InvalidAuthentication");
    expect(await insert()).toMatchObject({ __typename: "WriteUnauthenticatedError", outcome: "NOT_APPLIED" });
    expect(seen).toEqual({ tokens: 1, inserts: 2 });
  });

  it("that is not given leaves the call unsent, and its secret untold", async () => {
    answerToken = () => refused("invalidClientIdOrSecret");
    const result = await insert();
    expect(result).toMatchObject({
      __typename: "WriteUnauthenticatedError",
      outcome: "NOT_APPLIED",
      safeToResend: false,
    });
    expect(JSON.stringify(result)).not.toContain("secret-of-the-app");
    answerToken = () => undefined;
    expect(await insert()).toMatchObject({
      __typename: "WriteUnavailableError",
      outcome: "NOT_APPLIED",
      safeToResend: true,
    });
    expect(seen.inserts).toBe(0);
  });
});
