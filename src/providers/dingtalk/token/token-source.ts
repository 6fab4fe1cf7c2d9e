import type { CredentialSource } from "../../../contract/credential-source.js";
import type { RemoteContext } from "../../../contract/provider.js";
import { createAccessTokenContract } from "./token-contract.js";

/** A token is renewed so long before it expires: it must outlast the calls that carry it. */
const earlyMs = 200_000;

/** Rows after which another token may help: it is not valid, or was made before a permission was granted. */
const renewing: ReadonlySet<string | undefined> = new Set([
  "token-missing",
  "token-invalid",
  "permission-missing",
  "unauthenticated",
  "gateway-unauthenticated",
]);

interface KnownToken {
  readonly token: string;
  readonly staleAt: number;
}

export interface DingtalkApp {
  readonly appKey: string;
  readonly appSecret: string;
}

/** Requests the access token of an app, one request at a time, and keeps it until shortly before it expires. */
export function createTokenSource(app: DingtalkApp, { connect, clock, token: first }: RemoteContext): CredentialSource {
  const request = connect(createAccessTokenContract);
  let known: KnownToken | undefined = first === undefined ? undefined : { token: first, staleAt: Infinity };
  let fetching: Promise<KnownToken> | undefined;

  async function fetchToken(): Promise<KnownToken> {
    // Several calls share the request, so none of their deadlines ends it: it has time-outs of its own.
    const { reply } = await request({ body: { ...app } }, new AbortController().signal);
    const { accessToken, expireIn } = reply;
    return { token: accessToken, staleAt: clock.now().getTime() + Math.max(0, expireIn * 1000 - earlyMs) };
  }

  async function fetchOnce(): Promise<KnownToken> {
    fetching ??= fetchToken().finally(() => {
      fetching = undefined;
    });
    known = await fetching;
    return known;
  }

  return {
    read: async () => {
      const isFresh = known !== undefined && clock.now().getTime() < known.staleAt;
      return (isFresh && known !== undefined ? known : await fetchOnce()).token;
    },
    renews: (row) => renewing.has(row),
    renew: async (refused) => {
      if (known?.token === refused) await fetchOnce();
    },
  };
}
