import { createPolicy } from "../../src/application/access/policy.js";
import { asReceipt } from "./as-receipt.js";
import { mirrorsNothing } from "./mirrors-nothing.js";
import { systemCaller } from "../../src/core/access/caller.js";
import { createWriteRecords } from "../../src/application/write-records.js";
import { ProviderDirectory } from "../../src/application/providers.js";
import { createConnect } from "../../src/contract/client/client.js";
import type { Upstream } from "../../src/contract/client/upstream.js";
import type { ContractRequest, Transport } from "../../src/contract/message.js";
import type { Provider } from "../../src/contract/provider.js";
import type { Clock } from "../../src/core/clock.js";
import { RequestScope } from "../../src/core/request-scope.js";
import type { WriteCommand, WriteOperation, WriteReceipt } from "../../src/core/write.js";
import { randomIds } from "../../src/host/system.js";
import { scanLog } from "../scan/scan.js";

export type WriteThrough = (operation: WriteOperation, command: WriteCommand) => Promise<WriteReceipt>;

/** Writes through the data source of a provider, with the transport of the test as its service. */
export function writeOver(
  provider: Provider,
  transport: Transport,
  options: { readonly upstream?: Upstream; readonly clock?: Clock } = {},
): WriteThrough {
  const connect = createConnect({ provider: provider.id, transport, settings: {}, ...options });
  const dataSource = provider.createDataSource(connect, { ids: randomIds, settings: {} });
  const directory = new ProviderDirectory([{ provider, mode: "remote", dataSource, limits: [], failures: [] }]);
  const writeRecords = createWriteRecords({
    directory,
    policy: createPolicy(directory),
    mirrorTask: mirrorsNothing,
    log: scanLog,
  });
  return async (operation, command) => {
    const request = { provider: provider.id, operation, origin: { scope: new RequestScope() }, ...command };
    return asReceipt(await writeRecords(systemCaller, request, AbortSignal.timeout(20_000)));
  };
}

/** The request that the data source sends for a command. */
export async function requestOf(
  provider: Provider,
  operation: WriteOperation,
  command: WriteCommand,
): Promise<ContractRequest> {
  const sent: ContractRequest[] = [];
  const write = writeOver(provider, (request) => {
    sent.push(request);
    return Promise.resolve({ status: 500, headers: {}, body: null });
  });
  await write(operation, command).catch(() => undefined);
  const [request] = sent;
  if (request === undefined) throw new Error(`${provider.id} sent nothing`);
  return request;
}
