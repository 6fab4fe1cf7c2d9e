import { describe, expect, test } from "vitest";
import { createAccessKeys } from "../../src/application/access/access-keys.js";
import { KeyRequestError, parseExpiry, parseKeyScope, showKeyScope } from "../../src/application/access/key-scopes.js";
import type { AccessKeyStore, NewAccessKey } from "../../src/core/access/access-key.js";
import type { KeyScope } from "../../src/core/access/caller.js";
import { createPort } from "./application-world.js";

const now = new Date("2030-01-01T00:00:00Z");
const providers = ["milvus", "zilliz"];

function open() {
  const stored: NewAccessKey[] = [];
  const store = (key: NewAccessKey) => {
    stored.push(key);
    return Promise.resolve({ id: String(stored.length), name: key.name, scopes: key.scopes, createdAt: now });
  };
  const keys = createAccessKeys({
    store: createPort<AccessKeyStore>({
      createKey: store,
      createFirstKey: (key) => (stored.length === 0 ? store(key) : Promise.resolve(undefined)),
      listKeys: () =>
        Promise.resolve(stored.map(({ name, scopes }, index) => ({ id: String(index), name, scopes, createdAt: now }))),
    }),
    providers,
    clock: { now: () => now },
  });
  return { keys, stored };
}

describe("a request for a key", () => {
  test("makes a secret of 256 random bits", async () => {
    const { keys } = open();
    const made = await Promise.all([1, 2].map(() => keys.create({ name: "k", scopes: [], everything: true })));
    const secrets = made.map((key) => key?.secret ?? "");
    expect(new Set(secrets).size).toBe(2);
    for (const secret of secrets) expect(Buffer.from(secret.slice(4), "base64url")).toHaveLength(32);
  });

  test("for a first key makes none beside another", async () => {
    const { keys, stored } = open();
    const first = { name: "k", scopes: [], everything: true, onlyFirst: true };
    expect(await keys.create(first)).toBeDefined();
    expect(await keys.create(first)).toBeUndefined();
    expect(stored).toHaveLength(1);
  });

  test.each([
    [{ name: "x", scopes: [] }, "give --scope, once or several times, or --all"],
    [{ name: "x", scopes: ["provider=milvus"], everything: true }, "not both"],
    [{ name: "", scopes: [], everything: true }, "the name of a key has 1 to 100 characters"],
    [{ name: "x".repeat(101), scopes: [], everything: true }, "the name of a key has 1 to 100 characters"],
    [{ name: "a\nb", scopes: [], everything: true }, "must not have control characters"],
    [{ name: "a\u0000b", scopes: [], everything: true }, "must not have control characters"],
    [{ name: "a\ud800b", scopes: [], everything: true }, "must not have control characters"],
    [{ name: "x", scopes: Array<string>(101).fill("provider=milvus") }, "a key has at most 100 scopes"],
    [{ name: "x", scopes: ["provider=milvus"], expires: "soon" }, "the expiry soon is neither like 30d"],
  ])("%j is refused and makes nothing", async (request, message) => {
    const { keys, stored } = open();
    await expect(keys.create(request)).rejects.toThrow(KeyRequestError);
    await expect(keys.create(request)).rejects.toThrow(message);
    expect(stored).toEqual([]);
  });
});

describe("a scope", () => {
  test.each<[string, KeyScope]>([
    ["provider=milvus", { provider: "milvus" }],
    ["provider=milvus,operation=write,space=sales", { provider: "milvus", operation: "write", space: "sales" }],
    [" operation=read , space=a", { operation: "read", space: "a" }],
    ["space=a%2Cb%3Dc%20d", { space: "a,b=c d" }],
    ["space=a=b", { space: "a=b" }],
    ["provider=zilliz,upstream=default", { provider: "zilliz", upstream: "default" }],
    ["upstream=embedded", { upstream: "embedded" }],
  ])("%s is read, and shown in a form that is read alike", (text, scope) => {
    expect(parseKeyScope(text, providers)).toEqual(scope);
    expect(parseKeyScope(showKeyScope(scope), providers)).toEqual(scope);
  });

  test.each([
    ["", " is not one of its parts"],
    ["provider", "provider is not one of its parts"],
    ["provider=", "provider= is not one of its parts"],
    ["Provider=milvus", "Provider=milvus is not one of its parts"],
    ["__proto__=x", "__proto__=x is not one of its parts"],
    ["provider=__proto__", "__proto__ is not a provider"],
    ["provider=milvsu", "milvsu is not a provider; there are milvus, zilliz"],
    ["provider=milvus,provider=zilliz", "provider is given twice"],
    ["operation=delete", "delete is not an operation; there are read, write, manage"],
    ["upstream=other", "other is not an upstream"],
    ["upstream=default", "a remote upstream needs the name of its provider"],
    ["space=%zz", "%zz is not percent-encoded"],
    ["space=a%00b", "a%00b has control characters"],
    ["space=a%0Ab", "a%0Ab has control characters"],
  ])("%j is refused", (text, message) => {
    expect(() => parseKeyScope(text, providers)).toThrow(KeyRequestError);
    expect(() => parseKeyScope(text, providers)).toThrow(message);
  });
});

describe("an expiry", () => {
  test.each([
    ["45m", "2030-01-01T00:45:00.000Z"],
    ["12h", "2030-01-01T12:00:00.000Z"],
    ["30d", "2030-01-31T00:00:00.000Z"],
    ["2030-01-01T00:00:01Z", "2030-01-01T00:00:01.000Z"],
    ["2030-01-01T09:00+02:00", "2030-01-01T07:00:00.000Z"],
  ])("%s is %s", (text, moment) => {
    expect(parseExpiry(text, now).toISOString()).toBe(moment);
  });

  test.each(["", "soon", "30", "-1d", "1.5h", "1w", "2030-01-02", "2030-01-02T00:00:00", "2030-13-01T00:00:00Z", "0d"])(
    "%j is refused",
    (text) => {
      expect(() => parseExpiry(text, now)).toThrow(KeyRequestError);
    },
  );

  test("in the past is refused", () => {
    expect(() => parseExpiry("2029-12-31T23:59:59Z", now)).toThrow("is in the past");
  });
});
