import { Ctx, Directive, Field, ID, ObjectType } from "type-graphql";
import type { JsonObject } from "../../json/value.js";
import type { Collection } from "../../core/collection.js";
import type { GraphqlContext } from "../context.js";
import { createConnectionType } from "../paging/connection.js";
import { RecordProvider } from "../provider/record-provider.js";
import { DateTime, JsonObjectScalar } from "../schema/scalars.js";

@ObjectType({ description: "A container of records: the provider's collection, upload, table or sheet." })
@Directive('@key(fields: "id")')
export class RecordCollection {
  readonly model: Collection;

  constructor(model: Collection) {
    this.model = model;
  }

  @Field(() => ID, { description: "This server's id of the collection." })
  get id(): string {
    return this.model.id;
  }

  @Field(() => RecordProvider, { description: "The provider of the collection." })
  provider(@Ctx() { services }: GraphqlContext): RecordProvider {
    return new RecordProvider(services.directory.get(this.model.provider));
  }

  @Field(() => String, { description: "The provider's own name or id of the collection." })
  get name(): string {
    return this.model.name;
  }

  @Field(() => JsonObjectScalar, { description: "The definition of the collection, in the provider's own terms." })
  definition(@Ctx() { response }: GraphqlContext): JsonObject {
    response.answerJson(this.model.definition);
    return this.model.definition;
  }

  @Field(() => DateTime, { description: "The time of creation." })
  get createdAt(): Date {
    return this.model.createdAt;
  }
}

export const RecordCollectionConnection = createConnectionType("RecordCollection", () => RecordCollection);

/** Undefined for an unknown id and for the collection of a remote provider. */
export async function loadCollection(
  id: string | undefined,
  { loaders }: GraphqlContext,
): Promise<RecordCollection | undefined> {
  const model = id === undefined ? undefined : await loaders.collections.load(id);
  return model && new RecordCollection(model);
}
