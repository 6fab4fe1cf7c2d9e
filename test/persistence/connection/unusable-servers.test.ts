import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { OperatorError } from "../../../src/core/operator-error.js";
import { openDatabase } from "../../../src/persistence/database.js";
import { administrate, createServerDatabase, parts, server, serverUrl, silentLog } from "../databases.js";

async function problemOf(url: string): Promise<string> {
  const error: unknown = await openDatabase({ ...parts, url, folder: "", server }).then(
    (database) => database.close(),
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(OperatorError);
  const { message } = error as OperatorError;
  expect(message).not.toContain("\n");
  return message;
}

describe.skipIf(serverUrl === undefined)("a start on a server", () => {
  it.each(["LATIN1", "SQL_ASCII"])("refuses a database with the encoding %s", async (encoding) => {
    const name = `recordgate_test_${randomUUID().replaceAll("-", "")}`;
    await administrate(`CREATE DATABASE ${name} ENCODING '${encoding}' LOCALE 'C' TEMPLATE template0`);
    const url = new URL(serverUrl ?? "");
    url.pathname = `/${name}`;
    expect(await problemOf(url.href)).toMatch(
      new RegExp(`^PostgreSQL ${name} at \\S+ has the encoding ${encoding}, which cannot store every text\\. .*'UTF8'`),
    );
    await administrate(`DROP DATABASE ${name} WITH (FORCE)`);
  });

  it("refuses a database that takes no writes", async () => {
    const { url, drop } = await createServerDatabase();
    await administrate(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET default_transaction_read_only TO on`);
    expect(await problemOf(url)).toMatch(/is read-only: default_transaction_read_only is on/);
    await drop();
  });

  it("waits for a server that is not there yet, and says so once", async () => {
    const { url, drop } = await createServerDatabase();
    const through = new URL(url);
    const target = { port: Number(through.port), host: through.hostname };
    const late = createServer((client) => {
      const onward = connect(target);
      for (const socket of [client, onward]) socket.on("error", () => undefined);
      client.pipe(onward).pipe(client);
    });
    late.listen(0, "127.0.0.1");
    await once(late, "listening");
    const { port } = late.address() as AddressInfo;
    late.close();
    await once(late, "close");
    through.port = String(port);
    const told: string[] = [];
    const log = { ...silentLog, warn: (_details: object, message: string) => void told.push(message) };
    const opening = openDatabase({ ...parts, log, url: through.href, folder: "", server });
    await expect.poll(() => told).toHaveLength(1);
    expect(told[0]).toMatch(/cannot be reached: nothing accepts connections there; the start tries again$/);
    late.listen(port, "127.0.0.1");
    await (await opening).close();
    expect(told).toHaveLength(1);
    late.close();
    await drop();
  });
});
