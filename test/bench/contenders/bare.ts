import type { Contender } from "../contest.js";
import type { Load, LoadResult } from "../load/load.js";
import type { WorkName } from "../load/works.js";
import { createDatabase, readTableStatements } from "../servers/database.js";
import { startReference } from "../servers/reference.js";
import { type Stock, storeFirst } from "./stock.js";

interface PostgresReference {
  /** Its name in `test/bench/references`. */
  readonly file: string;
  readonly work: WorkName;
  readonly stock?: Stock;
  /** Statements after those that make the tables of the program. */
  readonly schema?: string;
  /** The process does the work without a server. */
  readonly alone?: boolean;
}

/** A server of `test/bench/references` over a PostgreSQL database of its own, with the tables of the program. */
export function postgresReference({ file, work, stock, schema = "", alone = false }: PostgresReference): Contender {
  return {
    work,
    open: async (stage) => {
      const database = await createDatabase((await stage.cluster()).url);
      await database.run(readTableStatements() + schema);
      const { ask, ...server } = await startReference(file, { DATABASE_URL: database.url, WORK: work });
      // The process answers nothing else.
      const sendAlone: Load["send"] = async (request) => (await ask(request)) as LoadResult;
      const send = alone ? sendAlone : stage.load.send;
      return {
        ...server,
        ...(alone && { sendAlone }),
        countRecords: database.countRecords,
        beforeRound: await storeFirst({ send, server, work, database }, stock),
        close: async () => {
          await server.close();
          await database.drop();
        },
      };
    },
  };
}

/** PGlite called by a bare server, over a new folder. */
export function barePglite(work: WorkName): Contender {
  return {
    work,
    open: async () => {
      const { ask: _, ...server } = await startReference("pglite-server.ts", { WORK: work });
      return { ...server, countRecords: async () => Number(await (await fetch(server.origin)).text()) };
    },
  };
}
