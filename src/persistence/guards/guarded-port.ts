import { isJsonObject } from "../../json/value.js";
import { findUnstorableText, UnstorableValueError } from "../../json/storable.js";
import { isStorableText } from "./storable-json.js";
import { toStoreError } from "./store-errors.js";

/**
 * How a method of a port treats text that PostgreSQL cannot store (U+0000, lone surrogates) in its arguments. JSON is
 * checked where it is stringified.
 */
type Treatment<Values extends readonly unknown[], Answer> =
  /** A look-up: answers this value, since nothing stored matches such a text. */
  | { readonly nothing: Answer }
  /** A write: the texts to check, by field; an unstorable one is refused. */
  | { readonly stored: (...values: Values) => Readonly<Record<string, string | undefined>> }
  /** The method treats each of several texts itself, or accepts only a form that excludes such text. */
  | "handled-by-method";

export type Treatments<Port> = {
  readonly [Name in keyof Port]: Port[Name] extends (...values: infer Values) => Promise<infer Answer>
    ? Treatment<Values, Answer>
    : never;
};

/**
 * Wraps a port: a look-up by unstorable text finds nothing, a write of one throws `UnstorableValueError`, and failures
 * of the database become `StoreUnavailableError`.
 */
export function guardPort<Port extends object>(port: Port, treatments: Treatments<Port>): Port {
  // `Treatments` types each treatment by the method of its name; the generic loop below loses that relation.
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

/** Arguments of look-ups are texts, lists of texts and flat objects of texts. */
function holdsUnstorable(value: unknown): boolean {
  if (typeof value === "string") return !isStorableText(value);
  if (Array.isArray(value)) return value.some(holdsUnstorable);
  return (
    isJsonObject(value) &&
    Object.entries(value).some(([name, member]) => holdsUnstorable(name) || holdsUnstorable(member))
  );
}
