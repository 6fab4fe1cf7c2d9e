import { Arg, createUnionType, Ctx, Field, ID, Mutation, ObjectType, Resolver } from "type-graphql";
import { refusedBeforeCall } from "../../application/providers.js";
import type { GraphqlContext } from "../context.js";
import { answerMutation } from "../write/answer-mutation.js";
import type { AnyWriteError } from "../write/to-write-error.js";
import {
  WriteInvalidInputError,
  WriteNotFoundError,
  WriteRateLimitedError,
  WriteUnavailableError,
} from "../write/write-errors.js";

@ObjectType({ description: "The collection was deleted, with its records and import tasks." })
class DeleteCollectionSuccess {
  @Field(() => ID, { description: "The id of the deleted collection." })
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

const DeleteCollectionResult = createUnionType({
  name: "DeleteCollectionResult",
  description: "The deleted id, or the reason for the failure.",
  types: () =>
    [
      DeleteCollectionSuccess,
      WriteInvalidInputError,
      WriteNotFoundError,
      WriteRateLimitedError,
      WriteUnavailableError,
    ] as const,
});

@Resolver()
export class DeleteCollectionResolver {
  @Mutation(() => DeleteCollectionResult, {
    description: "Deletes a collection of an embedded provider, with its records and import tasks.",
  })
  deleteCollection(
    @Arg("id", () => ID, { description: "The collection's id." }) id: string,
    @Ctx() context: GraphqlContext,
  ): Promise<DeleteCollectionSuccess | AnyWriteError> {
    return answerMutation(context, async () => {
      const deleted = await context.services.manageCollections.delete(context, id);
      if (deleted !== undefined) return new DeleteCollectionSuccess(id);
      throw refusedBeforeCall({
        provider: "recordgate",
        kind: "not-found",
        message: `the collection ${JSON.stringify(id)} does not exist`,
      });
    });
  }
}
