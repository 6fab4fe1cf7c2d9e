import type { Provider } from "../../src/contract/provider.js";

export const secret = "s3cr3t-of-the-service";

/** Providers behind an address, with time-outs that a test can wait for. */
export function remoteEnvironment(
  providers: readonly Provider[],
  baseUrl: string,
  bounds: Readonly<Record<string, number>> = {},
): Readonly<Record<string, string>> {
  const usual = {
    ...{ CONNECT_TIMEOUT_MS: 2000, HEADERS_TIMEOUT_MS: 300, BODY_TIMEOUT_MS: 300, CALL_TIMEOUT_MS: 900 },
    ...{ MAX_REPLY_BYTES: 1 << 20 },
  };
  const settings = { BASE_URL: baseUrl, TOKEN: secret, ...usual, ...bounds };
  return Object.fromEntries(
    providers.flatMap(({ id }) =>
      Object.entries(settings).map(([name, value]) => [`${id.toUpperCase()}_${name}`, String(value)]),
    ),
  );
}
