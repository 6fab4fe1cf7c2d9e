/** Where the secret of an upstream's calls comes from. */
export interface CredentialSource {
  /** The present secret; undefined: calls carry none. @throws ProviderFailure */
  read(signal: AbortSignal): Promise<string | undefined>;
  /** Whether another secret may help after a failure with the row. */
  renews(row: string | undefined): boolean;
  /** Replaces the secret, unless another call has already replaced it. @throws ProviderFailure */
  renew(refused: string | undefined, signal: AbortSignal): Promise<void>;
}

/** A secret from the configuration: no other one exists. */
export function fixedCredential(secret: string | undefined): CredentialSource {
  return {
    read: () => Promise.resolve(secret),
    renews: () => false,
    renew: () => Promise.resolve(),
  };
}
