import type { Stage } from "./contest.js";
import { openLoad } from "./load/load.js";
import { type Cluster, openCluster } from "./servers/cluster.js";

export async function openStage(): Promise<Stage & { readonly close: () => Promise<void> }> {
  const load = await openLoad();
  let cluster: Promise<Cluster> | undefined;
  return {
    load,
    cluster: () => (cluster ??= openCluster()),
    close: async () => {
      await load.close();
      await (await cluster)?.close();
    },
  };
}
