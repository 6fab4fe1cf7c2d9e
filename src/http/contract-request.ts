import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { ContractRequest, Headers, Method, Query } from "../contract/message.js";

/** What is asked for, taken apart. */
export interface Target {
  /** Percent-encoded, as sent. */
  readonly path: string;
  readonly search: string;
}

/** Also of a target in the absolute form that proxies send. */
export function readTarget(url = "/"): Target {
  const local = url.replace(/^https?:\/\/[^/?]*/i, "");
  const [path = "", ...rest] = local.split("?");
  return { path: path === "" ? "/" : path, search: rest.join("?") };
}

/** Everything but the body. */
export function toContractRequest(request: IncomingMessage, { path, search }: Target): Omit<ContractRequest, "body"> {
  const { method = "GET", headers, socket } = request;
  return {
    // A method that no contract has finds none.
    method: method as Method,
    path,
    query: readQuery(search),
    headers: readHeaders(headers),
    address: readAddress(socket.remoteAddress),
  };
}

/** A repeated parameter is a list. */
export function readQuery(search: string): Query {
  const parameters = new URLSearchParams(search);
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, oneOrMany(parameters.getAll(name))]));
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [first = ""] = values;
  return values.length > 1 ? values : first;
}

function readHeaders(headers: IncomingHttpHeaders): Headers {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, decodeUtf8Credential([value].flat().join(", "))]])));
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/** A name or a password that is not ASCII is sent as UTF-8, of which Node makes a character a byte. */
function decodeUtf8Credential(value: string): string {
  if (!/[\u0080-\u00ff]/.test(value)) return value;
  try {
    return strictUtf8.decode(Buffer.from(value, "latin1"));
  } catch {
    return value;
  }
}

/** An IPv4 address as such, also where the socket takes both families. */
export function readAddress(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:(?=\d+\.)/i, "");
}
