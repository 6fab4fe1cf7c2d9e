import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import { DatabaseUrlError } from "./database-url-error.js";

/** `on` encrypts, `verify` also checks the certificate. */
export type TlsSetting = "off" | "on" | "verify";

/** What a connection is opened with: without TLS, or with these options. */
export type TlsChoice = false | ConnectionOptions;

/** The choices in the order of their attempts. */
export type TlsPlan = readonly [TlsChoice, TlsChoice?];

const unchecked: ConnectionOptions = { rejectUnauthorized: false };
/** The authority counts, and the name in the certificate does not. */
const anyName: ConnectionOptions = { checkServerIdentity: () => undefined };

const modes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full", "no-verify"] as const;
type Mode = (typeof modes)[number];

const modesBySetting = { off: "disable", on: "no-verify", verify: "verify-full" } satisfies Record<TlsSetting, Mode>;

/**
 * Takes the parameters about TLS from the URL, with the meaning that libpq gives them; the setting goes before
 * `sslmode`.
 * @throws DatabaseUrlError
 */
export function takeTlsPlan({ searchParams }: URL, setting: TlsSetting | undefined): TlsPlan {
  const take = (name: string): string | undefined => {
    const value = searchParams.get(name) ?? undefined;
    searchParams.delete(name);
    return value;
  };
  const asked = take("sslmode") ?? "disable";
  const known = modes.find((mode) => mode === asked);
  if (known === undefined) throw new DatabaseUrlError(`sslmode must be one of ${modes.join(", ")}`);
  const mode = setting === undefined ? known : modesBySetting[setting];
  const root = take("sslrootcert");
  const files = {
    ca: root === "system" ? undefined : readPem("sslrootcert", root),
    cert: readPem("sslcert", take("sslcert")),
    key: readPem("sslkey", take("sslkey")),
  };
  return toPlan(mode, files);
}

function toPlan(mode: Mode, files: Pick<ConnectionOptions, "ca" | "cert" | "key">): TlsPlan {
  const open = { ...files, ...unchecked };
  switch (mode) {
    case "disable":
      return [false];
    case "allow":
      return [false, open];
    case "prefer":
      return [open, false];
    case "no-verify":
      return [open];
    case "require":
      return [files.ca === undefined ? open : { ...files, ...anyName }];
    case "verify-ca":
      return [{ ...files, ...anyName }];
    case "verify-full":
      return [files];
  }
}

function readPem(name: string, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new DatabaseUrlError(`the file that ${name} names cannot be read`);
  }
}
