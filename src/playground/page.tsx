import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { GraphiQL, type GraphiQLProps } from "graphiql";
import { useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { createPageFetcher, describeUnreachable, type TextEditor } from "./fetcher.js";
import type { Tab } from "./tab.js";
import type { VariablesFiller } from "./variables-filler.js";

export interface PageProps {
  /** The URL of the GraphQL endpoint. */
  readonly url: string;
  readonly tabs: readonly Tab[];
  readonly filler: VariablesFiller;
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

export function PlaygroundPage({ url, tabs, filler, isReachable, runFirstTab }: PageProps) {
  const [reachable, setReachable] = useState(isReachable);
  const variablesEditor = useRef<TextEditor>(undefined);
  const fetcher = useMemo(
    () => createPageFetcher({ url, filler, getVariablesEditor: () => variablesEditor.current, setReachable }),
    [url, filler],
  );
  return (
    <>
      {!reachable && (
        <p className="unreachable" role="alert">
          {describeUnreachable(url)} Start it, then run the operation again.
        </p>
      )}
      <GraphiQL
        fetcher={fetcher}
        defaultTabs={[...tabs]}
        defaultEditorToolsVisibility="variables"
        customScalarSchemas={scalars}
      >
        <GraphiQL.Logo>Recordgate</GraphiQL.Logo>
        <SystemTheme />
        <VariablesEditor target={variablesEditor} />
        {runFirstTab && <FirstRun />}
      </GraphiQL>
    </>
  );
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

/** Hands the editor of the variables to the code outside of GraphiQL. */
function VariablesEditor({ target }: { readonly target: RefObject<TextEditor | undefined> }) {
  const editor = useGraphiQL(({ variableEditor }) => variableEditor);
  useEffect(() => {
    target.current = editor;
  }, [editor, target]);
  return null;
}

function FirstRun() {
  const isReady = useGraphiQL(({ schema, queryEditor, responseEditor }) =>
    Boolean(schema && queryEditor && responseEditor),
  );
  const actions = useGraphiQLActions();
  useEffect(() => {
    if (isReady) actions.run();
  }, [isReady, actions]);
  return null;
}
