/** The parts of a request target. */
export interface Target {
  /** Percent-encoded, as sent. */
  readonly path: string;
  readonly search: string;
  /** Of a target in the absolute form, which proxies send. */
  readonly authority?: string;
}

export function readTarget(url = "/"): Target {
  const [origin = "", authority] = /^https?:\/\/([^/?]*)/i.exec(url) ?? [];
  const local = url.slice(origin.length);
  const mark = local.indexOf("?");
  const path = mark === -1 ? local : local.slice(0, mark);
  return { path: path === "" ? "/" : path, search: mark === -1 ? "" : local.slice(mark + 1), authority };
}

/** The target in the form in which clients send it to the server itself. */
export function toOriginForm({ path, search }: Target): string {
  return search === "" ? path : `${path}?${search}`;
}
