import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { GraphqlContext } from "../context.js";
import { RecordProvider } from "./record-provider.js";

@Resolver()
export class ProviderResolver {
  @Query(() => [RecordProvider], { description: "Every provider of this server." })
  recordProviders(@Ctx() { services }: GraphqlContext): readonly RecordProvider[] {
    return services.directory.list().map((connected) => new RecordProvider(connected));
  }

  @Query(() => RecordProvider, { nullable: true, description: "A provider of this server; null for an unknown id." })
  recordProvider(
    @Arg("id", () => ID, { description: "The provider's id." }) id: string,
    @Ctx() { services }: GraphqlContext,
  ): RecordProvider | undefined {
    const connected = services.directory.find(id);
    return connected && new RecordProvider(connected);
  }
}
