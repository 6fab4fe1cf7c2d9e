import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../core/package-root.js";

/** The members of package.json that the start reads. */
export interface PackageManifest {
  readonly version: string;
  /** `>=` and a version, such as `>=20.19.0`. */
  readonly engines: { readonly node: string };
}

export function readPackageManifest(): PackageManifest {
  return JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as PackageManifest;
}

/** One line when the running Node is older than the package needs. @param running version such as 20.19.0 */
export function describeOldNode({ engines }: PackageManifest, running: string): string | undefined {
  const needed = engines.node.replace(/^>=\s*/, "");
  return isOlder(running, needed) ? `Recordgate needs Node.js ${needed} or newer; this is ${running}.` : undefined;
}

function isOlder(version: string, needed: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed.split(".").map(Number);
  return major < neededMajor || (major === neededMajor && minor < neededMinor);
}
