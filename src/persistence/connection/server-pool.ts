import pg from "pg";
import { isTlsProblem } from "./connect-problem.js";
import { ConnectError } from "./guarded-adapter.js";
import type { TlsPlan } from "./tls.js";

export interface ServerPoolOptions extends pg.PoolConfig {
  readonly tls: TlsPlan;
  /** Looks at the first session, before any settings. What it throws, connecting does. */
  readonly check?: (client: pg.ClientBase, options: pg.ClientConfig) => Promise<void>;
  /** Statements that every new session begins with: connection poolers refuse settings in the start-up packet. */
  readonly settings?: readonly string[];
}

type ConnectCallback = Parameters<pg.Pool["connect"]>[0];

/**
 * Distinguishes a connection that was never established from one that broke in use, and tries the second choice of TLS
 * where the plan has one. The choice that succeeded is the first of the next connection.
 */
export class ServerPool extends pg.Pool {
  readonly #tls: TlsPlan;
  #check: ServerPoolOptions["check"];

  constructor({ tls, check, settings, ...config }: ServerPoolOptions) {
    // The pool waits for the promise, although its types declare no result.
    const onConnect = (client: pg.ClientBase): unknown => this.#begin(client, settings?.join("; ") ?? "");
    super({ ...config, ssl: tls[0], ...(settings !== undefined && { onConnect }) });
    this.#check = check;
    this.#tls = tls;
  }

  async #begin(client: pg.ClientBase, settings: string): Promise<void> {
    await this.#check?.(client, this.options);
    this.#check = undefined;
    await client.query(settings);
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    if (callback === undefined)
      return new Promise((resolve, reject) => {
        this.#connect((error, client) => {
          if (client === undefined) reject(error ?? new Error("the pool answered no session"));
          else resolve(client);
        });
      });
    // Every statement comes this way: each promise in it would be noticed.
    this.#connect(callback);
    return undefined;
  }

  #connect(callback: ConnectCallback): void {
    const tried = this.options.ssl;
    const attempt = (other: TlsPlan[1]): void => {
      super.connect((error, client) => {
        if (client !== undefined) {
          keepAfterRefusals(client);
          callback(undefined, client, (failure?: Error | boolean) => client.release(failure));
        } else if (other !== undefined && isTlsProblem(error)) {
          this.options.ssl = other;
          attempt(undefined);
        } else {
          this.options.ssl = tried;
          callback(new ConnectError(error), undefined, () => undefined);
        }
      });
    };
    attempt(this.#otherThan(tried));
  }

  #otherThan(tried: pg.PoolConfig["ssl"]): TlsPlan[1] {
    const [first, second] = this.#tls;
    return second === undefined ? undefined : tried === first ? second : first;
  }
}

/** The pool closes the session of every statement that fails. One that the server refused has left the session as it was. */
function keepAfterRefusals(client: pg.PoolClient): void {
  const release = client.release.bind(client);
  // Not assigned as a literal: V8 would put one for every statement among the old values.
  const keepOrRelease: typeof release = (error) => release(isRefusal(error) ? undefined : error);
  client.release = keepOrRelease;
}

function isRefusal(error: Error | boolean | undefined): boolean {
  return error instanceof pg.DatabaseError && error.severity === "ERROR";
}
