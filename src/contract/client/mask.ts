export type Mask = (text: string) => string;

/** Hides nothing. */
export const unmasked: Mask = (text) => text;

const hidden = "[hidden]";

/** Shorter texts are too frequent in ordinary words to be hidden. */
const minHiddenLength = 4;

/** Hides texts in a message of a service. */
export function createMask(texts: readonly string[]): Mask {
  const wanted = new Set(texts.filter((text) => text.length >= minHiddenLength));
  // The longest first: a part of a secret must not remain.
  const sorted = [...wanted].sort((left, right) => right.length - left.length);
  return (text) => sorted.reduce((masked, secret) => masked.replaceAll(secret, hidden), text);
}

/** A shorter password, such as a service's name, is not told apart from an ordinary word. */
const minPasswordLength = 8;

/** A secret as it is configured, and in the forms in which an echo of the request has it. */
export function secretForms(secret: string): readonly string[] {
  const password = secret.includes(":") ? secret.slice(secret.indexOf(":") + 1) : "";
  const parts = password.length < minPasswordLength ? [] : [password];
  return [secret, ...parts, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
}

/** Hides also a secret, by the mask that is made for it once: a service is called with the same one for long. */
export function createSecretMask(mask: Mask = unmasked): (secret: string) => Mask {
  let last: { readonly secret: string; readonly hide: Mask } | undefined;
  return (secret) => {
    if (last?.secret !== secret) {
      const hideSecret = createMask(secretForms(secret));
      last = { secret, hide: (text) => mask(hideSecret(text)) };
    }
    return last.hide;
  };
}

/** The forms in which a message has the address of a service. */
export function addressForms(baseUrl: string): readonly string[] {
  const { host, hostname } = new URL(baseUrl);
  return [baseUrl, host, hostname];
}
