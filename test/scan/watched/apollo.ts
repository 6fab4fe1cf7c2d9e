import * as original from "../../../src/graphql/apollo/apollo.js";
import { isJsonObject, type JsonValue } from "../../../src/json/value.js";
import { needles, noteTold } from "../scan.js";

export * from "../../../src/graphql/apollo/apollo.js";

type Apollo = Awaited<ReturnType<typeof original.startApollo>>;

/** Every operation of the program, with and without HTTP, is executed here. */
export async function startApollo(options: original.ApolloOptions): Promise<Apollo> {
  const apollo = await original.startApollo(options);
  const execute = apollo.executeHTTPGraphQLRequest.bind(apollo);
  return Object.assign(apollo, {
    executeHTTPGraphQLRequest: async (request: Parameters<Apollo["executeHTTPGraphQLRequest"]>[0]) => {
      const { body } = request.httpGraphQLRequest;
      if (isJsonObject(body)) noteRecordsOf(body);
      const answer = await execute(request);
      if (answer.body.kind === "complete" && tellsFailure(answer.body.string)) noteTold("error", answer.body.string);
      return answer;
    },
  });
}

function noteRecordsOf(body: JsonValue): void {
  const variables = memberOf(body, "variables");
  const input = memberOf(variables, "input");
  needles.noteRecords(memberOf(input, "records"));
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}

function tellsFailure(answer: string): boolean {
  return answer.includes('"errors"') || /"Write\w+Error"/.test(answer);
}
