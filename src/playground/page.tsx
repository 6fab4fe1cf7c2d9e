import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL, type GraphiQLProps } from "graphiql";
import { useEffect, useMemo, useState } from "react";
import type { Tab } from "./tab.js";

export interface PageProps {
  /** Of the GraphQL endpoint. */
  readonly url: string;
  readonly tabs: readonly Tab[];
  /** Whether the endpoint answered when the page was loaded. */
  readonly isReachable: boolean;
  /** Whether the first tab, which only reads, is run unasked, so that the answer pane is not empty. */
  readonly runFirstTab: boolean;
}

/** How the editor of the variables checks our scalars; it would take records for mistakes. */
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

/** The browser's own message of a failed call does not name the server. */
function createNamingFetch(url: string, setReachable: (reachable: boolean) => void): typeof fetch {
  return async (...call) => {
    try {
      const response = await fetch(...call);
      setReachable(true);
      return response;
    } catch (cause) {
      setReachable(false);
      // GraphiQL prints a stack, which is of no use to a visitor.
      throw Object.assign(new Error(describeUnreachable(url), { cause }), { stack: undefined });
    }
  };
}

/** The editors are told of the system's theme once; this tells them when it changes. */
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
