import type { WriteCommand, WriteOperation, WriteReceipt } from "../core/write.js";
import type { ProviderDirectory } from "./providers.js";

export interface WriteRequest {
  readonly provider: string;
  readonly operation: WriteOperation;
  readonly command: WriteCommand;
}

/** @throws ProviderFailure */
export type WriteRecords = (request: WriteRequest, signal: AbortSignal) => Promise<WriteReceipt>;

export function createWriteRecords(directory: ProviderDirectory): WriteRecords {
  return ({ provider, operation, command }, signal) => {
    const write = directory.get(provider).dataSource[operation];
    if (write === undefined) throw new Error(`provider ${provider} has no operation ${operation}`);
    return write(command, signal);
  };
}
