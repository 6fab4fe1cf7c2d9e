import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL, type GraphiQLProps } from "graphiql";
import { useEffect } from "react";
import type { Tab } from "./tabs.js";

export interface PageProps {
  /** Of the GraphQL endpoint. */
  readonly url: string;
  readonly tabs: readonly Tab[];
  /** Whether the first tab, which only reads, is run unasked, so that the answer pane is not empty. */
  readonly runFirstTab: boolean;
}

/** How the editor of the variables checks our scalars; it would take records for mistakes. */
const scalars = {
  JSON: { type: ["object", "array", "string", "number", "boolean", "null"] },
  JSONObject: { type: "object" },
} satisfies GraphiQLProps["customScalarSchemas"];

export function PlaygroundPage({ url, tabs, runFirstTab }: PageProps) {
  const fetcher = createGraphiQLFetcher({ url });
  return (
    <GraphiQL fetcher={fetcher} defaultTabs={[...tabs]} defaultEditorToolsVisibility="variables" customScalarSchemas={scalars}>
      <GraphiQL.Logo>Recordgate</GraphiQL.Logo>
      <SystemTheme />
      {runFirstTab && <FirstRun />}
    </GraphiQL>
  );
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
