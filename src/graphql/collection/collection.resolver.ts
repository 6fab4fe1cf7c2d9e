import { Arg, Args, ArgsType, Ctx, Field, ID, Query, Resolver } from "type-graphql";
import type { GraphqlContext } from "../context.js";
import { type ConnectionOf, readConnection } from "../paging/connection.js";
import { PageArguments } from "../paging/page-arguments.js";
import { loadCollection, RecordCollection, RecordCollectionConnection } from "./record-collection.js";

@ArgsType()
class CollectionsArguments extends PageArguments {
  @Field(() => ID, { nullable: true, description: "The provider of the collections; null for all providers." })
  readonly provider?: string | null;
}

@Resolver()
export class CollectionResolver {
  @Query(() => RecordCollection, {
    nullable: true,
    description: "A collection of an embedded provider; null for an unknown id.",
  })
  recordCollection(
    @Arg("id", () => ID, { description: "The collection's id." }) id: string,
    @Ctx() context: GraphqlContext,
  ): Promise<RecordCollection | undefined> {
    return loadCollection(id, context);
  }

  @Query(() => RecordCollectionConnection, {
    description: "The collections of the embedded providers, in order of creation.",
  })
  recordCollections(
    @Args(() => CollectionsArguments) page: CollectionsArguments,
    @Ctx() context: GraphqlContext,
  ): Promise<ConnectionOf<RecordCollection>> {
    const { services, loaders, turns } = context;
    return readConnection({
      name: "recordCollections",
      page,
      turns,
      read: (request) => services.readRecords.listCollections(context, page.provider ?? undefined, request),
      toNode: (collection) => {
        loaders.collections.prime(collection.id, collection);
        return new RecordCollection(collection);
      },
    });
  }
}
