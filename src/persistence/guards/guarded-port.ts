import { isJsonObject } from "../../json/value.js";
import { findUnstorableText, UnstorableValueError } from "../../json/storable.js";
import { isStorableText } from "./storable-json.js";
import { toStoreError } from "./store-errors.js";

/**
 * What becomes of a text that PostgreSQL cannot keep, in what a method of a port is called with.
 * JSON is looked through where its text is made.
 */
type Treatment<Values extends readonly unknown[], Answer> =
  /** A look-up: nothing has such a text. */
  | { readonly nothing: Answer }
  /** A write: the texts that it would store, by field. */
  | { readonly stored: (...values: Values) => Readonly<Record<string, string | undefined>> }
  /** The method answers each of several texts, or takes only those of a form that holds none such. */
  | "handled-by-method";

export type Treatments<Port> = {
  readonly [Name in keyof Port]: Port[Name] extends (...values: infer Values) => Promise<infer Answer>
    ? Treatment<Values, Answer>
    : never;
};

/**
 * The same port: finds nothing by a text that cannot be stored, throws `UnstorableValueError` where one was to be written, and
 * `StoreUnavailableError` for everything that is the database's fault.
 */
export function guardPort<Port extends object>(port: Port, treatments: Treatments<Port>): Port {
  // Each treatment fits the method of its name; which that is, is known when it is called.
  const byName = treatments as Readonly<Record<PropertyKey, Treatment<readonly unknown[], unknown> | undefined>>;
  return new Proxy(port, {
    get(target, name): unknown {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      const treatment = byName[name] ?? "handled-by-method";
      return async (...values: unknown[]): Promise<unknown> => {
        if (treatment !== "handled-by-method") {
          if ("stored" in treatment) checkStorableTexts(treatment.stored(...values));
          else if (values.some(holdsUnstorable)) return treatment.nothing;
        }
        try {
          return await (Reflect.apply(member, target, values) as unknown);
        } catch (error) {
          throw toStoreError(error);
        }
      };
    },
  });
}

function checkStorableTexts(texts: Readonly<Record<string, string | undefined>>): void {
  for (const [field, text = ""] of Object.entries(texts)) {
    const reason = findUnstorableText(text);
    if (reason !== undefined) throw new UnstorableValueError({ reason, field });
  }
}

/** Look-ups are called with texts, lists of texts and flat objects of these. */
function holdsUnstorable(value: unknown): boolean {
  if (typeof value === "string") return !isStorableText(value);
  if (Array.isArray(value)) return value.some(holdsUnstorable);
  return (
    isJsonObject(value) &&
    Object.entries(value).some(([name, member]) => holdsUnstorable(name) || holdsUnstorable(member))
  );
}
