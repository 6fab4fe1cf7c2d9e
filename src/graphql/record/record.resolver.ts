import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { RecordCollection } from "../collection/record-collection.js";
import type { GraphqlContext } from "../context.js";
import { type ConnectionOf, readConnection } from "../paging/connection.js";
import { PageArguments } from "../paging/page-arguments.js";
import { loadRecord, StoredRecordType, StoredRecordConnection } from "./stored-record.js";

@Resolver(() => RecordCollection)
export class RecordResolver {
  @Query(() => StoredRecordType, {
    nullable: true,
    description: "A record of an embedded provider; null for an unknown id.",
  })
  storedRecord(
    @Arg("id", () => ID, { description: "The record's id." }) id: string,
    @Ctx() context: GraphqlContext,
  ): Promise<StoredRecordType | undefined> {
    return loadRecord(id, context);
  }

  @FieldResolver(() => StoredRecordConnection, { description: "The records of the collection, in order of insertion." })
  records(
    @Root() { model }: RecordCollection,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders, turns }: GraphqlContext,
  ): Promise<ConnectionOf<StoredRecordType>> {
    return readConnection({
      name: `records/${model.id}`,
      page,
      turns,
      read: (request) => loaders.recordPages.load({ ownerId: model.id, ...request }),
      toNode: (record) => new StoredRecordType(record, model),
    });
  }
}
