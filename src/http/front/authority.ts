import type { IncomingMessage } from "node:http";
import { isIPv4, isIPv6 } from "node:net";

/** The host and port that a request addresses. */
export interface Authority {
  /** In lower case; an IPv6 address in brackets. */
  readonly host: string;
  readonly port?: string;
}

/**
 * The authority of a request: the one of its target, else its Host (RFC 9112, section 3.2). Headers of proxies do not
 * count: any client can send them.
 * @returns undefined for a request that may do without Host, such as one of HTTP/1.0; a text for one that breaks the
 *   protocol
 */
export function readAuthority(
  { httpVersion, headers, rawHeaders }: Pick<IncomingMessage, "httpVersion" | "headers" | "rawHeaders">,
  { authority, optional }: { readonly authority: string | undefined; readonly optional: boolean },
): Authority | string | undefined {
  const lines = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host").length;
  if (lines > 1) return `the request has ${lines} Host headers`;
  if (lines === 0 && httpVersion === "1.1" && !optional) return "the request has no Host header";
  const text = authority ?? headers.host;
  if (text === undefined) return undefined;
  return parseAuthority(text) ?? "the Host header is not a host";
}

/** A user name before the host is refused: a target that shows one host would address another. */
function parseAuthority(text: string): Authority | undefined {
  const [, host, port] = /^(\[[0-9a-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::(\d{0,5}))?$/i.exec(text) ?? [];
  if (host === undefined || (host.startsWith("[") && !isIPv6(host.slice(1, -1)))) return undefined;
  return { host: host.toLowerCase(), port: port === "" || port === "80" ? undefined : port };
}

/**
 * Whether a page of another site cannot bear this name: a site whose name resolves to this machine (DNS rebinding)
 * sends its own name, never an address and never one below `localhost`.
 */
export function isOwnName({ host }: Authority, allowedHosts: ReadonlySet<string>): boolean {
  const name = host.endsWith(".") ? host.slice(0, -1) : host;
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    isIPv4(name) ||
    host.startsWith("[") ||
    allowedHosts.has(name)
  );
}
