import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Client } from "pg";

/** What a test asks the process of the server. */
export interface FuzzQuestion {
  readonly ask: "prepare" | "measure" | "close";
  readonly provider: string;
}

export interface FuzzAnswer {
  readonly url: string;
  readonly rssBytes: number;
  /** Of objects and buffers. */
  readonly heapBytes: number;
  readonly sockets: number;
}

/** The program in a process of its own, and a connection to its database. */
export interface FuzzServer {
  readonly port: number;
  readonly database: Client;
  /** @throws Error when the process has ended */
  readonly ask: (question: FuzzQuestion) => Promise<FuzzAnswer>;
  readonly close: () => Promise<void>;
}

export async function openFuzzServer(databaseUrl: string): Promise<FuzzServer> {
  const child = fork(join(import.meta.dirname, "server.ts"), {
    execArgv: ["--import", "tsx", "--max-semi-space-size=32"],
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const gone = once(child, "exit").then(([code]) => Promise.reject(new Error(`the server ended with ${String(code)}`)));
  // The next question rejects.
  gone.catch(() => undefined);
  const { url } = await nextAnswer(child, gone);
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  const ask = (question: FuzzQuestion): Promise<FuzzAnswer> => {
    const answer = nextAnswer(child, gone);
    if (child.connected) child.send(question);
    return answer;
  };
  return {
    port: Number(new URL(url).port),
    database,
    ask,
    close: async () => {
      await database.end();
      try {
        await ask({ ask: "close", provider: "" });
      } finally {
        child.kill();
      }
    },
  };
}

async function nextAnswer(child: ChildProcess, gone: Promise<never>): Promise<FuzzAnswer> {
  const [answer] = (await Promise.race([once(child, "message"), gone])) as [FuzzAnswer]; // `server.ts` sends this type.
  return answer;
}
