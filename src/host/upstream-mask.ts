const hidden = "[hidden]";

/** Shorter texts are too frequent in ordinary words to be hidden. */
const minSecretLength = 4;

/** Hides configured secrets, and the address of the service, in its messages. */
export function createMask({
  secrets,
  baseUrl,
}: {
  readonly secrets: readonly string[];
  readonly baseUrl: string;
}): (text: string) => string {
  const { host, hostname } = new URL(baseUrl);
  const wanted = [...secrets.flatMap(formsOf), baseUrl, host, hostname].filter(
    (text) => text.length >= minSecretLength,
  );
  // The longest first: a part of a secret must not remain.
  const sorted = [...new Set(wanted)].sort((left, right) => right.length - left.length);
  return (text) => sorted.reduce((masked, secret) => masked.replaceAll(secret, hidden), text);
}

/** A secret as it is configured, and in the forms in which an echo of the request has it. */
function formsOf(secret: string): readonly string[] {
  const parts = secret.includes(":") ? [secret.slice(secret.indexOf(":") + 1)] : [];
  return [secret, ...parts, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
}
