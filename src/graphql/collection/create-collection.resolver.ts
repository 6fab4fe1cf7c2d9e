import { Arg, createUnionType, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from "type-graphql";
import type { GraphqlContext } from "../context.js";
import { CollectionDefinition } from "../inputs/placeholders.js";
import type { ProviderChoice } from "../inputs/provider-inputs.js";
import { answerMutation } from "../write/answer-mutation.js";
import type { AnyWriteError } from "../write/to-write-error.js";
import {
  WriteConflictError,
  WriteInvalidInputError,
  WritePermissionDeniedError,
  WriteRateLimitedError,
  WriteUnavailableError,
} from "../write/write-errors.js";
import { RecordCollection } from "./record-collection.js";

@InputType({ description: "The input of `createCollection`." })
class CreateCollectionInput {
  @Field(() => CollectionDefinition, {
    description:
      "The provider and the definition of the collection, in the provider's own terms. The container of the collection is created if absent.",
  })
  readonly definition!: ProviderChoice;
}

@ObjectType({ description: "The collection was created." })
class CreateCollectionSuccess {
  @Field(() => RecordCollection, {
    nullable: true,
    description: "The new collection. Nullable like every field `collection`.",
  })
  readonly collection: RecordCollection;

  constructor(collection: RecordCollection) {
    this.collection = collection;
  }
}

const CreateCollectionResult = createUnionType({
  name: "CreateCollectionResult",
  description: "The new collection, or the reason for the failure.",
  types: () =>
    [
      CreateCollectionSuccess,
      WriteInvalidInputError,
      WritePermissionDeniedError,
      WriteConflictError,
      WriteRateLimitedError,
      WriteUnavailableError,
    ] as const,
});

@Resolver()
export class CreateCollectionResolver {
  @Mutation(() => CreateCollectionResult, { description: "Creates a collection of an embedded provider." })
  createCollection(
    @Arg("input", () => CreateCollectionInput, { description: "The collection to create." })
    input: CreateCollectionInput,
    @Ctx() context: GraphqlContext,
  ): Promise<CreateCollectionSuccess | AnyWriteError> {
    return answerMutation(context, async () => {
      const { services, inputs } = context;
      const { provider, value } = inputs.read("createCollection", input.definition);
      const collection = await services.manageCollections.create(context, provider, value);
      return new CreateCollectionSuccess(new RecordCollection(collection));
    });
  }
}
