import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** A CommonJS package of this folder's own node_modules. `Client` names the part of it that a test uses. */
export function loadClient<Client>(name: string): Client {
  // The compiler must not look for the package: it is absent where the root alone is installed.
  return require(name) as Client;
}

let copies = 0;

/**
 * A copy of its own of an ES module, given by its file: what a client remembers, such as a token, is forgotten with the
 * copy.
 */
export async function importClient<Client>(file: string): Promise<Client> {
  copies += 1;
  const url = new URL(`node_modules/${file}?copy=${copies}`, import.meta.url);
  // As above.
  return (await import(/* @vite-ignore */ url.href)) as Client;
}
