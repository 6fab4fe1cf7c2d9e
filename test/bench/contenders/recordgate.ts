import { join } from "node:path";
import { createCollection } from "../../e2e/graphql-request.js";
import { type Program, startProgram } from "../../e2e/program.js";
import type { Contender, RunningServer } from "../contest.js";
import { collectionName, toBookCollection } from "../load/books.js";
import { type WorkName, works } from "../load/works.js";
import { endAtExit } from "../servers/at-exit.js";
import { createDatabase } from "../servers/database.js";
import { createFolder } from "../servers/folder.js";
import { type Stock, storeFirst } from "./stock.js";

/** The built program with its settings as by default, over a PostgreSQL database of its own. */
export function recordgateOnPostgres(work: WorkName, stock?: Stock): Contender {
  return {
    work,
    open: async (stage) => {
      const database = await createDatabase((await stage.cluster()).url);
      const program = await startDefault({ DATABASE_URL: database.url });
      await createBookCollection(program, work);
      const server = { ...toServer(program), countRecords: database.countRecords };
      return {
        ...server,
        beforeRound: await storeFirst({ send: stage.load.send, server, work, database }, stock),
        close: async () => {
          await program.stop("SIGTERM");
          await database.drop();
        },
      };
    },
  };
}

/** The same over the embedded database. The records are counted by the program: a second opener is refused. */
export function recordgateOnPglite(work: WorkName): Contender {
  return {
    work,
    open: async () => {
      const folder = await createFolder();
      const program = await startDefault({ DATABASE_FOLDER: join(folder.path, "data") });
      await createBookCollection(program, work);
      const server = toServer(program);
      return {
        ...server,
        countRecords: () => readRowCount(server.origin),
        close: async () => {
          await program.stop("SIGTERM");
          await folder.remove();
        },
      };
    },
  };
}

/** Every setting that the environment does not name is as by default. */
export async function startDefault(environment: Readonly<Record<string, string>>): Promise<Program> {
  const program = await startProgram({ LOG_LEVEL: "info", ...environment });
  const forget = endAtExit(() => void program.stop("SIGKILL"));
  return {
    ...program,
    stop: async (signal) => {
      const code = await program.stop(signal);
      forget();
      return code;
    },
  };
}

export function toServer({ url, pid }: Program): Pick<RunningServer, "origin" | "pid"> {
  return { origin: new URL(url).origin, pid };
}

async function createBookCollection({ url }: Program, work: WorkName): Promise<void> {
  const [{ vector } = { vector: [] }] = works[work].createRecords(1, 1);
  await createCollection(url, { milvus: toBookCollection(vector.length) });
}

async function readRowCount(origin: string): Promise<number> {
  const response = await fetch(`${origin}/v2/vectordb/collections/get_stats`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ collectionName }),
  });
  // Another answer has no such member, and the number is then NaN, which no count is equal to.
  const { data } = (await response.json()) as { readonly data?: { readonly rowCount?: number } };
  return Number(data?.rowCount);
}
