import { ArgsType, Field, Int } from "type-graphql";
import type { PageRequest } from "../../core/page.js";
import { userInputError } from "../user-input-error.js";
import { readCursor } from "./cursor.js";
import { defaultFirst, maxPageItems } from "./page-size.js";

@ArgsType()
export class PageArguments {
  @Field(() => Int, {
    nullable: true,
    defaultValue: defaultFirst,
    description: `The maximum number of items of the page, 1 to ${maxPageItems}.`,
  })
  readonly first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "The cursor of the last item of the previous page; null for the first page.",
  })
  readonly after?: string | null;
}

/** @throws GraphQLError with the code BAD_USER_INPUT */
export function toPageRequest(list: string, { first, after }: PageArguments): PageRequest {
  const count = first ?? defaultFirst;
  if (count < 1 || count > maxPageItems) throw userInputError(`first: ${count} is not between 1 and ${maxPageItems}`);
  return after === null || after === undefined ? { first: count } : { first: count, after: readCursor(list, after) };
}
