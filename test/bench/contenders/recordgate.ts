import { createCollection } from "../../e2e/graphql-request.js";
import { type Program, startProgram } from "../../e2e/program.js";
import type { Contender, RunningServer } from "../contest.js";
import { bookCollection } from "../load/books.js";
import type { WorkName } from "../load/works.js";
import { createDatabase } from "../servers/database.js";

/** The built program with its settings as by default, over a PostgreSQL database of its own. */
export function recordgateOnPostgres(work: WorkName): Contender {
  return {
    work,
    open: async (stage) => {
      const database = await createDatabase((await stage.cluster()).url);
      const program = await startDefault({ DATABASE_URL: database.url });
      await createCollection(program.url, { milvus: bookCollection });
      return {
        ...toServer(program),
        countRecords: database.countRecords,
        beforeRound: () => database.run("TRUNCATE record"),
        close: async () => {
          await program.stop("SIGTERM");
          await database.drop();
        },
      };
    },
  };
}

/** Every setting that the environment does not name is as by default. */
export function startDefault(environment: Readonly<Record<string, string>>): Promise<Program> {
  return startProgram({ LOG_LEVEL: "info", ...environment });
}

export function toServer({ url, pid }: Program): Pick<RunningServer, "origin" | "pid"> {
  return { origin: new URL(url).origin, pid };
}
