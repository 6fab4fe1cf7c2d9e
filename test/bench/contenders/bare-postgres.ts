import type { Contender } from "../contest.js";
import type { WorkName } from "../load/works.js";
import { createDatabase, readTableStatements } from "../servers/database.js";
import { startReference } from "../servers/reference.js";

/** Fastify and a pool of `pg`: parse, one prepared statement, answer. */
export function barePostgres(work: WorkName): Contender {
  return {
    work,
    open: async (stage) => {
      const database = await createDatabase((await stage.cluster()).url);
      await database.run(readTableStatements());
      const server = await startReference("postgres-server.ts", { DATABASE_URL: database.url });
      return {
        ...server,
        countRecords: database.countRecords,
        beforeRound: () => database.run("TRUNCATE record"),
        close: async () => {
          await server.close();
          await database.drop();
        },
      };
    },
  };
}
