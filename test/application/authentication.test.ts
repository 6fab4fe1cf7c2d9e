import { describe, expect, test } from "vitest";
import { createAuthentication } from "../../src/application/access/authentication.js";
import { createKeySecret } from "../../src/application/access/key-secret.js";
import { createRefusedCredentials } from "../../src/application/access/refused-credentials.js";
import { bearer, unlimitedCaller } from "../../src/contract/credentials.js";
import type { AccessKey } from "../../src/core/access/access-key.js";
import { stringifyJson } from "../../src/json/stringify.js";
import { createPort } from "./application-world.js";

const address = "203.0.113.7";

/** Keys and credentials in memory, with the look-ups that were made. */
function open(options: { readonly perMinute?: number } = {}) {
  const keys = new Map<string, AccessKey>();
  const looked: string[] = [];
  const logged: string[] = [];
  let now = new Date("2030-01-01T00:00:00Z");
  const note = (details: object, message: string): void =>
    void logged.push(`${stringifyJson({ ...details })} ${message}`);
  const log = { info: note, warn: note, error: note };
  const authentication = createAuthentication({
    keys: createPort({
      findKey: (secret, at) => {
        looked.push(secret);
        const key = keys.get(secret);
        const isValid = key !== undefined && (key.expiresAt === undefined || key.expiresAt > at);
        return Promise.resolve(isValid && key.revokedAt === undefined ? key : undefined);
      },
    }),
    credentials: createPort({
      findCallers: (secrets) => {
        looked.push(...secrets.values());
        const isKnown = [...secrets.values()].includes("user:password");
        return Promise.resolve(new Map(isKnown ? [["shelf", unlimitedCaller("user")]] : []));
      },
      findCaller: (_provider, secret) => {
        looked.push(secret);
        return Promise.resolve(secret === "user:password" ? unlimitedCaller("user") : undefined);
      },
    }),
    schemes: new Map([["shelf", bearer]]),
    clock: { now: () => now },
    refused: createRefusedCredentials({ perMinute: options.perMinute ?? 100, log }),
  });
  return {
    ...authentication,
    looked,
    logged,
    later: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
    addKey: (expiresAt?: Date): string => {
      const secret = createKeySecret();
      keys.set(secret, {
        id: secret.slice(-5),
        name: "key",
        scopes: [{}],
        createdAt: now,
        ...(expiresAt && { expiresAt }),
      });
      return secret;
    },
    revoke: (secret: string) => {
      const key = keys.get(secret);
      if (key !== undefined) keys.set(secret, { ...key, revokedAt: now });
    },
    now: () => now,
  };
}

describe("a key", () => {
  test("is looked up once in a few seconds, and refused within five after it was revoked", async () => {
    const { identify, identifyFor, addKey, revoke, looked, later } = open();
    const secret = addKey();
    for (let call = 0; call < 3; call++) expect(await identify(secret, address)).toMatchObject({ kind: "key" });
    expect(await identifyFor("shelf", secret, address)).toMatchObject({ principal: "key" });
    expect(looked).toEqual([secret]);
    revoke(secret);
    later(5000);
    expect(await identify(secret, address)).toBeUndefined();
    expect(await identifyFor("shelf", secret, address)).toBeUndefined();
  });

  test("ends when it expires, even while it is remembered", async () => {
    const { identify, addKey, later, now } = open();
    const secret = addKey(new Date(now().getTime() + 1000));
    expect(await identify(secret, address)).toMatchObject({ kind: "key" });
    later(999);
    expect(await identify(secret, address)).toMatchObject({ kind: "key" });
    later(1);
    expect(await identify(secret, address)).toBeUndefined();
  });

  test("is looked up only where the text has the form of one", async () => {
    const { identify, looked, addKey } = open();
    const secret = addKey();
    for (const other of [secret.slice(1), `${secret} `, secret.replace("rgk_", "RGK_"), `x${secret}`])
      expect(await identify(other, address)).toBeUndefined();
    // Each was looked up once, as the contract's own credential.
    expect(looked).toHaveLength(4);
  });
});

describe("a refused credential", () => {
  test("is logged with its address and face, once a minute, and never itself", async () => {
    const { identify, identifyFor, logged } = open();
    const wrong = createKeySecret();
    for (let call = 0; call < 3; call++) await identify(wrong, address);
    await identifyFor("shelf", "user:wrong", address);
    expect(logged).toEqual([
      '{"address":"203.0.113.7","face":"graphql"} refused a credential',
      '{"address":"203.0.113.7","face":"shelf"} refused a credential',
    ]);
  });

  test("counts by address: after so many different ones, guesses from there are refused unseen", async () => {
    const { identify, identifyFor, looked, logged, addKey } = open({ perMinute: 3 });
    // The same wrong one counts once: a client with an old password does not block its address.
    for (let call = 0; call < 9; call++) await identifyFor("shelf", "user:old", address);
    expect(await identifyFor("shelf", "user:password", address)).toBeDefined();
    await identifyFor("shelf", "user:1", address);
    await identify("user:2", address);
    expect(logged.at(-1)).toBe('{"address":"203.0.113.7","seconds":60} looks up only keys for an address');
    looked.length = 0;
    expect(await identifyFor("shelf", "user:password", address)).toBeUndefined();
    expect(await identify("user:password", address)).toBeUndefined();
    expect(looked).toEqual([]);
    // Another address and a key, which cannot be guessed, are not affected: a proxy has one address for all clients.
    expect(await identify("user:password", "203.0.113.8")).toMatchObject({ kind: "credential" });
    expect(await identify(addKey(), address)).toMatchObject({ kind: "key" });
  });

  test("blocks nothing when the number is 0", async () => {
    const { identify } = open({ perMinute: 0 });
    for (let call = 0; call < 200; call++) await identify(`user:${call}`, address);
    expect(await identify("user:password", address)).toMatchObject({ kind: "credential" });
  });
});
