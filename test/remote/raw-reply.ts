const json = { "content-type": "application/json" };

/** A reply as it is sent. */
export function rawReply(
  status: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = json,
): Buffer {
  const bytes = Buffer.from(body);
  const head = Object.entries({ "content-length": String(bytes.length), ...headers });
  const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Status\r\n${lines}\r\n`, "latin1"), bytes]);
}
