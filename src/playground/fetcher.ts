import { createGraphiQLFetcher, type Fetcher, type FetcherOpts } from "@graphiql/toolkit";
import type { Operation, VariablesFiller } from "./variables-filler.js";
import { toGraphqlText } from "./variables-text.js";

/** The editor of the variables of the open tab. */
export interface TextEditor {
  readonly getValue: () => string;
  readonly setValue: (text: string) => void;
}

/** Sends the operations of the editor, and writes variables that it fills in to the editor. */
export function createPageFetcher(options: {
  readonly url: string;
  readonly filler: VariablesFiller;
  readonly getVariablesEditor: () => TextEditor | undefined;
  readonly setReachable: (reachable: boolean) => void;
}): Fetcher {
  const { url, filler, getVariablesEditor, setReachable } = options;
  const post: (operation: Operation, settings?: FetcherOpts) => unknown = createGraphiQLFetcher({
    url,
    fetch: createNamingFetch(url, setReachable),
    // An answer in one part, which can be read here; with status 200, so that the console has no line for each mistake.
    enableIncrementalDelivery: false,
    headers: { accept: "application/json" },
  });
  return async (operation, settings) => {
    const editor = getVariablesEditor();
    const shown = editor?.getValue();
    const filled = await filler.fill(operation, async (each) => post(each, settings));
    // The visitor may have opened another tab in the meantime.
    if (filled !== undefined && editor?.getValue() === shown) editor?.setValue(toGraphqlText(filled));
    const answer = await post(filled === undefined ? operation : { ...operation, variables: filled }, settings);
    filler.note(answer);
    return answer;
  };
}

export function describeUnreachable(url: string): string {
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
