/** The paths at which a running program manages its keys, for the holder of its operator secret. */
export const operatorPaths = { keys: "/operator/keys", revocation: "/operator/keys/revocation" } as const;

/** The header with the operator secret. A page of another origin cannot send it without a preflight. */
export const operatorHeader = "recordgate-operator";
