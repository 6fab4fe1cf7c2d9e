import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { TaskFailure } from "../../core/task.js";
import type { GraphqlContext } from "../context.js";
import { type ConnectionOf, readConnection } from "../paging/connection.js";
import { PageArguments } from "../paging/page-arguments.js";
import { ImportFailureConnection, ImportTask, ImportTaskConnection } from "./import-task.js";

@ArgsType()
class TasksArguments extends PageArguments {
  @Field(() => ID, { nullable: true, description: "The collection of the imports; null for all collections." })
  readonly collectionId?: string | null;
}

@Resolver(() => ImportTask)
export class TaskResolver {
  @Query(() => ImportTask, {
    nullable: true,
    description: "An import; null for an unknown id.",
  })
  async importTask(
    @Arg("id", () => ID, { description: "The task's id." }) id: string,
    @Ctx() { loaders }: GraphqlContext,
  ): Promise<ImportTask | undefined> {
    const task = await loaders.tasks.load(id);
    return task && new ImportTask(task);
  }

  @Query(() => ImportTaskConnection, {
    description:
      "The imports, newest first: of embedded providers, and of remote ones that were written to through this server.",
  })
  importTasks(
    @Args(() => TasksArguments) page: TasksArguments,
    @Ctx() context: GraphqlContext,
  ): Promise<ConnectionOf<ImportTask>> {
    const { services, loaders, turns } = context;
    return readConnection({
      name: "importTasks",
      page,
      turns,
      read: (request) => services.readRecords.listTasks(context, page.collectionId ?? undefined, request),
      toNode: (task) => {
        loaders.tasks.prime(task.id, task);
        return new ImportTask(task);
      },
    });
  }

  @FieldResolver(() => ImportFailureConnection, {
    description: "The records that were refused, in the order of the request.",
  })
  failures(
    @Root() { model }: ImportTask,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders, turns }: GraphqlContext,
  ): Promise<ConnectionOf<TaskFailure>> {
    return readConnection({
      name: `failures/${model.id}`,
      page,
      turns,
      read: (request) => loaders.failurePages.load({ ownerId: model.id, ...request }),
      toNode: (failure) => failure,
    });
  }
}
