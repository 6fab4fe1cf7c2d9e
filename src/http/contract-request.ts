import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { ContractRequest, Headers, Method, Query } from "../contract/message.js";
import type { Target } from "./front/target.js";

/** What the first lines of a request tell. */
export function toContractRequest(
  request: IncomingMessage,
  { path, search }: Target,
): Omit<ContractRequest, "body" | "scope"> {
  const { method = "GET", headers, socket } = request;
  return {
    // Contracts do not match an unknown method.
    method: method as Method,
    path,
    query: readQuery(search),
    headers: readHeaders(headers),
    address: readAddress(socket.remoteAddress),
  };
}

/** A repeated parameter is a list. */
export function readQuery(search: string): Query {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(search)) {
    const given = values.get(name);
    if (given === undefined) values.set(name, [value]);
    else given.push(value);
  }
  return Object.fromEntries([...values].map(([name, given]) => [name, oneOrMany(given)]));
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [first = ""] = values;
  return values.length > 1 ? values : first;
}

function readHeaders(headers: IncomingHttpHeaders): Headers {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, decodeUtf8Credential([value].flat().join(", "))]],
    ),
  );
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/** Clients send names and passwords in UTF-8; Node decodes each byte as a character of its own. */
export function decodeUtf8Credential(value: string): string {
  if (!/[\u0080-\u00ff]/.test(value)) return value;
  try {
    return strictUtf8.decode(Buffer.from(value, "latin1"));
  } catch {
    return value;
  }
}

/** The address without the IPv6 prefix that a dual-stack socket puts before an IPv4 address. */
export function readAddress(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:(?=\d+\.)/i, "");
}
