import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";
import type { GraphqlContext } from "../context.js";

type Listener = GraphQLRequestListener<GraphqlContext>;
type StepName = "validationDidStart" | "didResolveOperation" | "didEncounterErrors" | "willSendResponse";
type Step<Name extends StepName> = (request: Parameters<NonNullable<Listener[Name]>>[0]) => void;

/** What the program does at the steps of an operation, which Apollo names. None of it waits. */
export type OperationSteps = { readonly [Name in StepName]?: Step<Name> };

/** One plugin for all: Apollo waits at every step for every plugin, also for one that does nothing there. */
export function joinSteps(parts: readonly OperationSteps[]): ApolloServerPlugin<GraphqlContext> {
  function at<Name extends StepName>(name: Name): (request: Parameters<Step<Name>>[0]) => Promise<undefined> {
    const steps: readonly Step<Name>[] = parts.flatMap((part) => part[name] ?? []);
    return (request) => {
      for (const step of steps) step(request);
      return done;
    };
  }
  const listener: Listener = {
    validationDidStart: at("validationDidStart"),
    didResolveOperation: at("didResolveOperation"),
    didEncounterErrors: at("didEncounterErrors"),
    willSendResponse: at("willSendResponse"),
  };
  const listening = Promise.resolve(listener);
  return { requestDidStart: () => listening };
}

const done = Promise.resolve(undefined);
