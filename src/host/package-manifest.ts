import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../core/package-root.js";

/** The members of package.json that the start reads. */
export interface PackageManifest {
  readonly version: string;
  readonly engines: { readonly node: string };
}

export function readPackageManifest(): PackageManifest {
  return JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as PackageManifest;
}
