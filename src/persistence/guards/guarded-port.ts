import { isJsonObject } from "../../json/value.js";
import { findUnstorableText, UnstorableValueError } from "../../json/storable.js";
import { isStorableText } from "./storable-json.js";
import type { RequestScope } from "../../core/request-scope.js";
import { RequestLeftError } from "../../core/store.js";
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

/** The calls that a request has of all ports together. */
export interface RequestCalls {
  readonly scope: RequestScope;
  /** How many at one time. */
  readonly most: number;
}

/**
 * Wraps a port: a look-up by unstorable text finds nothing, a write of one throws `UnstorableValueError`, failures of
 * the database become `StoreUnavailableError`, and a call of a request whose client has left does not begin.
 */
export function guardPort<Port extends object>(
  port: Port,
  treatments: Treatments<Port>,
  { scope, most }: RequestCalls,
): Port {
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
        const turn = scope.beginStoreCall(most);
        if (turn !== undefined) await turn;
        try {
          if (scope.isOver) throw new RequestLeftError();
          return await (Reflect.apply(member, target, values) as unknown);
        } catch (error) {
          throw toStoreError(error);
        } finally {
          scope.endStoreCall();
        }
      };
    },
  });
}

function checkStorableTexts(texts: Readonly<Record<string, string | undefined>>): void {
  for (const field of Object.keys(texts)) {
    const reason = findUnstorableText(texts[field] ?? "");
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
