import { Directive, Field, ObjectType } from "type-graphql";

@ObjectType({ description: "The position of a page in its list." })
@Directive("@shareable")
export class PageInfo {
  @Field(() => Boolean, { description: "Whether more items follow this page." })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether the request has a cursor, so that a page precedes this one." })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "The cursor of the first item; null for an empty page." })
  readonly startCursor?: string;

  @Field(() => String, { nullable: true, description: "The cursor of the last item, for the argument `after`; null for an empty page." })
  readonly endCursor?: string;
}
