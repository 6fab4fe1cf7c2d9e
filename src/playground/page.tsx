import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL, type GraphiQLProps } from "graphiql";
import { useEffect, useMemo, useState } from "react";
import type { Tab } from "./tab.js";

export interface PageProps {
  /** The URL of the GraphQL endpoint. */
  readonly url: string;
  readonly tabs: readonly Tab[];
  /** Whether the endpoint answered while the page was loading. */
  readonly isReachable: boolean;
  /** Whether the page runs the first tab, which only reads, so that the result pane is not empty. */
  readonly runFirstTab: boolean;
}

/** JSON Schemas of the scalars for the editor of the variables, which otherwise marks records as errors. */
const scalars = {
  JSON: { type: ["object", "array", "string", "number", "boolean", "null"] },
  JSONObject: { type: "object" },
} satisfies GraphiQLProps["customScalarSchemas"];

export function PlaygroundPage({ url, tabs, isReachable, runFirstTab }: PageProps) {
  const [reachable, setReachable] = useState(isReachable);
  const fetcher = useMemo(() => createGraphiQLFetcher({ url, fetch: createNamingFetch(url, setReachable) }), [url]);
  return (
    <>
      {!reachable && <p className="unreachable" role="alert">{describeUnreachable(url)} Start it, then run the operation again.</p>}
      <GraphiQL fetcher={fetcher} defaultTabs={[...tabs]} defaultEditorToolsVisibility="variables" customScalarSchemas={scalars}>
        <GraphiQL.Logo>Recordgate</GraphiQL.Logo>
        <SystemTheme />
        {runFirstTab && <FirstRun />}
      </GraphiQL>
    </>
  );
}

function describeUnreachable(url: string): string {
  return `${url} does not answer.`;
}

/** Names the server in the error of a failed call: the browser's message does not. */
function createNamingFetch(url: string, setReachable: (reachable: boolean) => void): typeof fetch {
  return async (...call) => {
    try {
      const response = await fetch(...call);
      setReachable(true);
      return response;
    } catch (cause) {
      setReachable(false);
      // GraphiQL prints a stack, which does not help a visitor.
      throw Object.assign(new Error(describeUnreachable(url), { cause }), { stack: undefined });
    }
  };
}

/** Passes changes of the system's theme to the editors, which read it only once. */
function SystemTheme() {
  const chosen = useGraphiQL(({ theme }) => theme);
  const actions = useGraphiQLActions();
  useEffect(() => {
    if (chosen !== null) return;
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => actions.setTheme(null);
    dark.addEventListener("change", follow);
    return () => dark.removeEventListener("change", follow);
  }, [chosen, actions]);
  return null;
}

function FirstRun() {
  const isReady = useGraphiQL(({ schema, queryEditor, responseEditor }) => Boolean(schema && queryEditor && responseEditor));
  const actions = useGraphiQLActions();
  useEffect(() => {
    if (isReady) actions.run();
  }, [isReady, actions]);
  return null;
}
