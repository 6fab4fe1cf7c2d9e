import { defaultUpstream, embeddedUpstream, keyOperations, type KeyScope } from "../../core/access/caller.js";
import { OperatorError } from "../../core/operator-error.js";

/** A scope or an expiry on the command line that cannot be read. */
export class KeyRequestError extends OperatorError {
  override readonly name = "KeyRequestError";
}

const memberNames = ["provider", "upstream", "operation", "space"] as const;
type MemberName = (typeof memberNames)[number];

/** The form of a scope, for the help of the command line. */
export const scopeForm = "provider=<id>,upstream=embedded|default,operation=read|write|manage,space=<name>";

/**
 * Reads a scope such as `provider=milvus,operation=write,space=sales`. Values may be percent-encoded. An absent member
 * restricts nothing, except that the upstream is then `embedded`.
 * @throws KeyRequestError
 */
export function parseKeyScope(text: string, providers: readonly string[]): KeyScope {
  const members = new Map<MemberName, string>();
  for (const part of text.split(",")) {
    const [given = "", value = ""] = splitOnce(part.trim(), "=");
    const name = memberNames.find((each) => each === given);
    if (name === undefined || value === "") throw refuseScope(text, `${part} is not one of its parts`);
    if (members.has(name)) throw refuseScope(text, `${name} is given twice`);
    members.set(name, decodeValue(text, value));
  }
  const {
    provider,
    upstream,
    operation: word,
    space,
  } = Object.fromEntries(members) as Partial<Record<MemberName, string>>;
  if (provider !== undefined && !providers.includes(provider))
    throw refuseScope(text, `${provider} is not a provider; there are ${providers.join(", ")}`);
  if (upstream !== undefined && upstream !== embeddedUpstream && upstream !== defaultUpstream)
    throw refuseScope(text, `${upstream} is not an upstream; there are ${embeddedUpstream} and ${defaultUpstream}`);
  if (upstream === defaultUpstream && provider === undefined)
    throw refuseScope(text, "a remote upstream needs the name of its provider");
  const operation = keyOperations.find((each) => each === word);
  if (word !== undefined && operation === undefined)
    throw refuseScope(text, `${word} is not an operation; there are ${keyOperations.join(", ")}`);
  return {
    ...(provider !== undefined && { provider }),
    ...(upstream !== undefined && { upstream }),
    ...(operation !== undefined && { operation }),
    ...(space !== undefined && { space }),
  };
}

/** The form that `parseKeyScope` reads; a scope without members opens every embedded provider. */
export function showKeyScope(scope: KeyScope): string {
  const parts = memberNames.flatMap((name) =>
    scope[name] === undefined ? [] : [`${name}=${encodeValue(scope[name])}`],
  );
  return parts.length === 0 ? "everything embedded" : parts.join(",");
}

function encodeValue(value: string): string {
  return value.replaceAll(/[%,=\s]/g, (character) => encodeURIComponent(character));
}

function decodeValue(scope: string, value: string): string {
  const decoded = decodePercent(value);
  if (decoded === undefined) throw refuseScope(scope, `${value} is not percent-encoded`);
  if (isUnprintable(decoded)) throw refuseScope(scope, `${value} has control characters`);
  return decoded;
}

function decodePercent(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

/** Whether a text could break the line of a list, or cannot be stored. */
export function isUnprintable(text: string): boolean {
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text) || !text.isWellFormed();
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function refuseScope(text: string, problem: string): KeyRequestError {
  return new KeyRequestError(`the scope ${text}: ${problem}. A scope is ${scopeForm}`);
}

const dayMs = 86_400_000;
const unitsMs = { m: 60_000, h: 3_600_000, d: dayMs } as const;

/** Reads `30d`, `12h`, `45m` or a date and time with a zone. @throws KeyRequestError */
export function parseExpiry(text: string, now: Date): Date {
  const [, count = "", unit = ""] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const unitMs = unit === "m" || unit === "h" || unit === "d" ? unitsMs[unit] : undefined;
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const at = unitMs === undefined ? (isMoment ? Date.parse(text) : Number.NaN) : now.getTime() + Number(count) * unitMs;
  if (Number.isNaN(at))
    throw new KeyRequestError(`the expiry ${text} is neither like 30d, 12h or 45m nor like 2027-01-31T00:00:00Z`);
  if (at <= now.getTime()) throw new KeyRequestError(`the expiry ${text} is in the past`);
  return new Date(at);
}
