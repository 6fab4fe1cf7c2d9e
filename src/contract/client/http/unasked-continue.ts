import type { Socket } from "node:net";

const statusLine = Buffer.from("HTTP/1.1 100");
const endOfHead = Buffer.from("\r\n\r\n");

/**
 * Removes a `100 Continue` that the client did not ask for from the beginning of a response: the HTTP client takes it
 * for a broken response. Only the first bytes after a request are looked at, so a body is never changed.
 */
export function ignoreUnaskedContinue(socket: Socket): Socket {
  let isStart = false;
  const write = socket.write.bind(socket) as (...given: unknown[]) => boolean;
  const read = socket.read.bind(socket);
  Object.assign(socket, {
    write: (...given: unknown[]): boolean => {
      isStart = true;
      return write(...given);
    },
    read: (size?: number): unknown => {
      const chunk: unknown = read(size);
      if (!isStart || !Buffer.isBuffer(chunk)) return chunk;
      const rest = withoutContinue(chunk);
      isStart = rest.length === 0;
      return isStart ? read(size) : rest;
    },
  });
  return socket;
}

function withoutContinue(chunk: Buffer): Buffer {
  if (!chunk.subarray(0, statusLine.length).equals(statusLine)) return chunk;
  const end = chunk.indexOf(endOfHead);
  return end === -1 ? chunk : withoutContinue(chunk.subarray(end + endOfHead.length));
}
