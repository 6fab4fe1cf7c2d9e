import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./page.css";
import { createRoot } from "react-dom/client";
import { toExampleDefinition } from "./collection-tabs.js";
import { createCreatedCollections } from "./created-collections.js";
import { PlaygroundPage } from "./page.js";
import { fetchSamples } from "./samples.js";
import { toTabs } from "./tabs.js";
import { createVariablesFiller } from "./variables-filler.js";

/** Relative to this page, so that it works behind a proxy that adds a path. */
const url = new URL("graphql", location.href).href;

/** GraphiQL stores the tabs of a visitor in the browser. */
function isFirstVisit(): boolean {
  return localStorage.getItem("graphiql:tabState") === null;
}

const place = document.getElementById("page");
if (place === null) throw new Error("the page does not have an element for GraphiQL");
const providerSamples = await fetchSamples(url).catch(() => undefined);
const filler = createVariablesFiller({
  created: createCreatedCollections(localStorage),
  exampleDefinition: toExampleDefinition(providerSamples ?? []),
  now: () => new Date(),
});
createRoot(place).render(
  <PlaygroundPage
    url={url}
    tabs={toTabs(providerSamples ?? [])}
    filler={filler}
    isReachable={providerSamples !== undefined}
    runFirstTab={providerSamples !== undefined && isFirstVisit()}
  />,
);
