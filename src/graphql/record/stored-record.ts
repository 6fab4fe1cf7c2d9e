import { Ctx, Directive, Field, ID, ObjectType } from "type-graphql";
import { RecordCollection } from "../collection/record-collection.js";
import type { JsonObject } from "../../json/value.js";
import type { Collection } from "../../core/collection.js";
import type { StoredRecord } from "../../core/record.js";
import type { GraphqlContext } from "../context.js";
import { createConnectionType } from "../paging/connection.js";
import { DateTime, JsonObjectScalar } from "../schema/scalars.js";

@ObjectType("StoredRecord", { description: "A stored record." })
@Directive('@key(fields: "id")')
export class StoredRecordType {
  readonly #model: StoredRecord;
  readonly #collection: Collection;

  constructor(model: StoredRecord, collection: Collection) {
    this.#model = model;
    this.#collection = collection;
  }

  @Field(() => ID, { description: "This server's id of the record." })
  get id(): string {
    return this.#model.id;
  }

  @Field(() => String, { nullable: true, description: "The record's key as text; null for a collection without keys." })
  get key(): string | undefined {
    return this.#model.key;
  }

  @Field(() => JsonObjectScalar, { description: "The fields in the contract's read form." })
  fields(@Ctx() { services, response, turns }: GraphqlContext): JsonObject | Promise<JsonObject> {
    response.answerRecord(this.#model);
    // The numbers of a vector take long to write.
    const turn = turns.takeAnother();
    if (turn !== undefined) return turn.then(() => services.directory.toFields(this.#collection, this.#model));
    return services.directory.toFields(this.#collection, this.#model);
  }

  @Field(() => RecordCollection, {
    nullable: true,
    description: "The collection of the record. Nullable like every field `collection`.",
  })
  get collection(): RecordCollection {
    return new RecordCollection(this.#collection);
  }

  @Field(() => DateTime, { description: "The time of storage." })
  get insertedAt(): Date {
    return this.#model.insertedAt;
  }
}

export const StoredRecordConnection = createConnectionType("StoredRecord", () => StoredRecordType);

/** Undefined for an unknown id and for the record of a remote provider. */
export async function loadRecord(id: string, { loaders }: GraphqlContext): Promise<StoredRecordType | undefined> {
  const model = await loaders.records.load(id);
  const collection = model && (await loaders.collections.load(model.collectionId));
  return collection && new StoredRecordType(model, collection);
}
