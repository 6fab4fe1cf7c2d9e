import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectPostgres } from "../../../src/persistence/connection/postgres-connection.js";
import type { TlsSetting } from "../../../src/persistence/connection/tls.js";
import { server, serverUrl, silentLog } from "../databases.js";
import { startTlsProxy, type TlsProxy } from "./tls-proxy.js";

/** Connects and answers nothing, or answers the message of the failure. */
async function connectBy(url: string, tls?: TlsSetting): Promise<string | undefined> {
  try {
    const connection = await connectPostgres(url, { ...server, tls }, silentLog);
    await connection.close();
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^PostgreSQL .* cannot be reached: /, "");
  }
}

const noTls =
  "the server does not offer TLS, which DATABASE_TLS or sslmode demands; DATABASE_TLS=off connects without it";
const unknown =
  "the certificate of the server comes from an unknown authority, which NODE_EXTRA_CA_CERTS or sslrootcert can add";
const otherName = "the certificate of the server names another host";

describe.skipIf(serverUrl === undefined)("TLS, on a server", () => {
  let proxy: TlsProxy;
  beforeAll(async () => {
    proxy = await startTlsProxy(serverUrl ?? "");
  });
  beforeEach(() => {
    Object.assign(proxy.counts, { encrypted: 0, plain: 0 });
  });
  afterAll(() => proxy.close());

  it("that does not offer it is used by the modes that do not demand it", async () => {
    const outcomes: Record<string, string | undefined> = {};
    for (const mode of ["disable", "allow", "prefer", "require", "verify-full"])
      outcomes[mode] = await connectBy(`${serverUrl ?? ""}?sslmode=${mode}`);
    expect(outcomes).toEqual({
      disable: undefined,
      allow: undefined,
      prefer: undefined,
      require: noTls,
      "verify-full": noTls,
    });
    expect(await connectBy(serverUrl ?? "", "on")).toBe(noTls);
  });

  it.each([
    ["", { encrypted: 0, plain: 1 }],
    ["sslmode=disable", { encrypted: 0, plain: 1 }],
    ["sslmode=allow", { encrypted: 0, plain: 1 }],
    ["sslmode=prefer", { encrypted: 1, plain: 0 }],
    ["sslmode=require", { encrypted: 1, plain: 0 }],
    ["sslmode=verify-ca&sslrootcert=", { encrypted: 1, plain: 0 }],
    ["sslmode=require&sslrootcert=", { encrypted: 1, plain: 0 }],
  ])("that offers it is used as libpq does: %s", async (query, counts) => {
    expect(await connectBy(`${proxy.url}?${query.replace("sslrootcert=", `sslrootcert=${proxy.certificate}`)}`)).toBe(
      undefined,
    );
    expect(proxy.counts).toEqual(counts);
  });

  it.each([
    ["sslmode=verify-full", undefined, unknown],
    ["sslmode=verify-ca", undefined, unknown],
    ["sslmode=disable", "verify", unknown],
    ["sslmode=verify-full&sslrootcert=", undefined, otherName],
  ] as const)("whose certificate is not accepted is told as such: %s", async (query, setting, problem) => {
    const url = `${proxy.url}?${query.replace("sslrootcert=", `sslrootcert=${proxy.certificate}`)}`;
    expect(await connectBy(url, setting)).toBe(problem);
    expect(proxy.counts.plain).toBe(0);
  });

  it("is left out by DATABASE_TLS=off, whatever the URL says of certificates", async () => {
    expect(await connectBy(`${proxy.url}?sslmode=require&sslrootcert=${proxy.certificate}`, "off")).toBe(undefined);
    expect(proxy.counts).toEqual({ encrypted: 0, plain: 1 });
  });
});
