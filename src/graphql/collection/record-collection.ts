import { Ctx, Directive, Field, ID, ObjectType } from "type-graphql";
import type { JsonObject } from "../../json/value.js";
import type { Collection } from "../../core/collection.js";
import type { GraphqlContext } from "../context.js";
import { createConnectionType } from "../paging/connection.js";
import { RecordProvider } from "../provider/record-provider.js";
import { DateTime, JsonObjectScalar } from "../schema/scalars.js";

@ObjectType({ description: "The place records go to: a collection, an upload, a table or a sheet, in the provider's words." })
@Directive('@key(fields: "id")')
export class RecordCollection {
  readonly model: Collection;

  constructor(model: Collection) {
    this.model = model;
  }

  @Field(() => ID, { description: "This server's own id of the collection." })
  get id(): string {
    return this.model.id;
  }

  @Field(() => RecordProvider, { description: "The provider it belongs to." })
  provider(@Ctx() { services }: GraphqlContext): RecordProvider {
    return new RecordProvider(services.directory.get(this.model.provider));
  }

  @Field(() => String, { description: "The collection's name or id in the provider's words." })
  get name(): string {
    return this.model.name;
  }

  @Field(() => JsonObjectScalar, { description: "How the collection is defined." })
  get definition(): JsonObject {
    return this.model.definition;
  }

  @Field(() => DateTime, { description: "When it was created." })
  get createdAt(): Date {
    return this.model.createdAt;
  }
}

export const RecordCollectionConnection = createConnectionType("RecordCollection", () => RecordCollection);

/** Undefined when there is none, or when its provider is remote. */
export async function loadCollection(id: string | undefined, { loaders }: GraphqlContext): Promise<RecordCollection | undefined> {
  const model = id === undefined ? undefined : await loaders.collections.load(id);
  return model && new RecordCollection(model);
}
