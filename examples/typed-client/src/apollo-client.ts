import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { buildASTSchema, isAbstractType, parse } from "graphql";
import { InsertRecordsDocument, type InsertRecordsInput, type InsertRecordsMutation } from "./generated.js";

/** Which types stand behind each interface and union, so that the cache finds `... on WriteError`. */
export function possibleTypesOf(sdl: string): Record<string, string[]> {
  // The directives of federation are used in the file and defined elsewhere.
  const schema = buildASTSchema(parse(sdl), { assumeValidSDL: true });
  const abstractTypes = Object.values(schema.getTypeMap()).filter(isAbstractType);
  return Object.fromEntries(
    abstractTypes.map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
  );
}

/** `sdl` is the text of `recordgate/schema.graphql`. */
export function createApolloClient(uri: string, sdl: string): ApolloClient {
  const cache = new InMemoryCache({ possibleTypes: possibleTypesOf(sdl) });
  return new ApolloClient({ link: new HttpLink({ uri }), cache });
}

export async function insertRecords(
  client: ApolloClient,
  input: InsertRecordsInput,
): Promise<InsertRecordsMutation["insertRecords"]> {
  // What the answer holds is of this write alone: nothing of it belongs into the cache.
  const { data } = await client.mutate({
    mutation: InsertRecordsDocument,
    variables: { input },
    fetchPolicy: "no-cache",
  });
  if (data === undefined) throw new Error("the answer has no data");
  return data.insertRecords;
}
