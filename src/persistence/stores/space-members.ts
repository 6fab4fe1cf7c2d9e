import { isJsonObject, type JsonValue } from "../../json/value.js";
import { Prisma } from "../generated/client.js";

type MemberPath = readonly string[];

/** The condition that the JSON column has no member at the path; without a path it is met. */
export function lacksMember(column: Prisma.Sql, path: MemberPath | undefined): Prisma.Sql {
  return path === undefined ? Prisma.sql`true` : Prisma.sql`${column} #> ${[...path]}::text[] IS NULL`;
}

export function hasMember(value: JsonValue, [first, ...rest]: MemberPath): boolean {
  if (first === undefined) return true;
  const member = isJsonObject(value) && Object.hasOwn(value, first) ? value[first] : undefined;
  return member !== undefined && hasMember(member, rest);
}
