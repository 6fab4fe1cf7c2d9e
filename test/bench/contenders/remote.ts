import type { Contender, RunningServer } from "../contest.js";
import type { WorkName } from "../load/works.js";
import { type ReferenceProcess, startReference } from "../servers/reference.js";
import { startDefault, toServer } from "./recordgate.js";

/** The built program as a client of a service that answers as Milvus does. */
export const recordgateRemote: Contender = {
  work: "insert",
  open: () =>
    openWithUpstream(async (upstream) => {
      const program = await startDefault({
        DATABASE_URL: "memory:",
        MILVUS_BASE_URL: upstream.origin,
        MILVUS_TOKEN: "root:Milvus",
      });
      return {
        ...toServer(program),
        close: async () => {
          await program.stop("SIGTERM");
        },
      };
    }),
};

/** A server of `test/bench/references` as a client of the same service. */
export function remoteReference(file: string, work: WorkName): Contender {
  return {
    work,
    open: () =>
      openWithUpstream(async (upstream) => {
        const { ask: _, ...server } = await startReference(file, { UPSTREAM: upstream.origin });
        return server;
      }),
  };
}

/** Starts the service first, and another one for each server; the records are those that have arrived there. */
async function openWithUpstream(
  open: (upstream: ReferenceProcess) => Promise<Pick<RunningServer, "origin" | "pid" | "close">>,
): Promise<RunningServer> {
  const upstream = await startReference("upstream.ts", {});
  try {
    const server = await open(upstream);
    return {
      ...server,
      countRecords: async () => Number(await (await fetch(upstream.origin)).text()),
      beforeRound: async () => undefined,
      close: async () => {
        await server.close();
        await upstream.close();
      },
    };
  } catch (error) {
    await upstream.close();
    throw error;
  }
}
