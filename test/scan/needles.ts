import { addressForms, secretForms } from "../../src/contract/client/mask.js";
import { isJsonArray, isJsonObject, type JsonValue } from "../../src/json/value.js";

/** A text that must not be told, and why. */
export interface Needle {
  readonly text: string;
  readonly what: "secret" | "address" | "record";
}

/** The texts that the present test must not find in logs and errors. */
export interface Needles {
  readonly noteEnvironment: (environment: Readonly<Record<string, string | undefined>>) => void;
  /** The credentials of a request. */
  readonly noteCredentials: (headers: Readonly<Record<string, unknown>>) => void;
  readonly noteRecords: (records: JsonValue | undefined) => void;
  readonly list: () => readonly Needle[];
  readonly clear: () => void;
}

/** Shorter secrets, and those of lower-case letters alone, occur in ordinary words. */
function isTelling(secret: string): boolean {
  return secret.length >= 6 && !/^[a-z]+$/.test(secret);
}

const secretVariable = /_(TOKEN|APP_KEY|APP_SECRET|PASSWORD)$/;
const credentialHeaders = ["authorization", "x-acs-dingtalk-access-token"] as const;
const minRecordLength = 8;
const maxRecordLength = 200;
/** Records of a list, levels of a record, texts of a test: enough to notice a leak. */
const [watchedRecords, watchedLevels, maxRecordTexts] = [3, 6, 1000] as const;

export function createNeedles(): Needles {
  const secrets = new Set<string>();
  const addresses = new Set<string>();
  const records = new Set<string>();
  const noteSecret = (secret: string): void => {
    if (isTelling(secret)) secretForms(secret).forEach((form) => secrets.add(form));
  };
  const noteTexts = (value: JsonValue | undefined, levels: number): void => {
    const noteBelow = (inner: JsonValue): void => noteTexts(inner, levels - 1);
    if (levels === 0) return;
    if (typeof value === "string") {
      if (value.length >= minRecordLength && value.length <= maxRecordLength && records.size < maxRecordTexts)
        records.add(value);
    } else if (isJsonArray(value)) value.slice(0, watchedRecords).forEach(noteBelow);
    else if (isJsonObject(value)) Object.values(value).forEach(noteBelow);
  };
  return {
    noteEnvironment: (environment) => {
      for (const [name, value = ""] of Object.entries(environment)) {
        if (secretVariable.test(name)) noteSecret(value);
        if (name.endsWith("_BASE_URL") && URL.canParse(value))
          addressForms(value.replace(/\/$/, ""))
            // The loopback address is also that of clients.
            .filter((form) => !/^[\d.]+$|^localhost$/.test(form))
            .forEach((form) => addresses.add(form));
        if (name === "DATABASE_URL" && URL.canParse(value)) noteSecret(decodeURIComponent(new URL(value).password));
      }
    },
    noteCredentials: (headers) => {
      for (const name of credentialHeaders) {
        const value = headers[name];
        if (typeof value === "string") noteSecret(value.replace(/^(Bearer|Basic) +/i, ""));
      }
    },
    noteRecords: (value) => noteTexts(value, watchedLevels),
    list: () => [
      ...[...secrets].map((text) => ({ text, what: "secret" }) as const),
      ...[...addresses].map((text) => ({ text, what: "address" }) as const),
      ...[...records].map((text) => ({ text, what: "record" }) as const),
    ],
    clear: () => {
      for (const each of [secrets, addresses, records]) each.clear();
    },
  };
}
