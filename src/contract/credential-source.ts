/** Where the secret of an upstream's calls comes from. */
export interface CredentialSource {
  /** The present secret; undefined: calls carry none. @throws ProviderFailure */
  readonly read: () => string | undefined | Promise<string | undefined>;
  /** Whether another secret may help after a failure with the row. */
  readonly renews: (row: string | undefined) => boolean;
  /** Replaces the secret, unless another call has already replaced it. @throws ProviderFailure */
  readonly renew: (refused: string | undefined) => Promise<void>;
}

/** A secret from the configuration: no other one exists. */
export function fixedCredential(secret: string | undefined): CredentialSource {
  return {
    read: () => secret,
    renews: () => false,
    renew: () => Promise.resolve(),
  };
}
