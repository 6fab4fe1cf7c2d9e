import { Directive, Field, ObjectType } from "type-graphql";

@ObjectType({ description: "Where a page stands in its list." })
@Directive("@shareable")
export class PageInfo {
  @Field(() => Boolean, { description: "Whether items follow the last of this page." })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether the page was asked for with a cursor, so that a page came before it." })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "The cursor of the first item; null for an empty page." })
  readonly startCursor?: string;

  @Field(() => String, { nullable: true, description: "The cursor of the last item, for the argument `after`; null for an empty page." })
  readonly endCursor?: string;
}
