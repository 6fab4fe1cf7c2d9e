import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectPostgres } from "../../../src/persistence/connection/postgres-connection.js";
import { createServerDatabase, server, serverUrl, silentLog } from "../databases.js";

describe.skipIf(serverUrl === undefined)("a session, on a server", () => {
  let place: Awaited<ReturnType<typeof createServerDatabase>>;
  beforeAll(async () => {
    place = await createServerDatabase();
  });
  afterAll(() => place.drop());

  it("goes on after a statement that the server refuses, and ends with one that ends it", async () => {
    const connection = await connectPostgres(place.url, { ...server, poolSize: 1 }, silentLog);
    const sessionOf = async () => (await connection.executeSql("SELECT pg_backend_pid() AS pid")).rows[0]?.["pid"];
    const first = await sessionOf();
    const adapter = await connection.adapters.connect();
    const divide = { sql: "SELECT 1 / $1::int", args: [0], argTypes: [] };
    await expect(adapter.queryRaw(divide)).rejects.toThrow("division by zero");
    await expect(connection.executeSql("SELECT 1 / 0")).rejects.toThrow("division by zero");
    expect(await sessionOf()).toBe(first);
    await expect(connection.executeSql("SELECT pg_terminate_backend(pg_backend_pid())")).rejects.toThrow();
    expect(await sessionOf()).not.toBe(first);
    await connection.close();
  });
});
