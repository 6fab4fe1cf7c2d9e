import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./page.css";
import { createRoot } from "react-dom/client";
import { PlaygroundPage } from "./page.js";
import { fetchSamples } from "./samples.js";
import { toTabs } from "./tabs.js";

/** Beside this page, so that it is found behind a proxy with a path of its own. */
const url = new URL("graphql", location.href).href;

/** GraphiQL keeps the tabs of who was here before. */
function isFirstVisit(): boolean {
  return localStorage.getItem("graphiql:tabState") === null;
}

const place = document.getElementById("page");
if (place === null) throw new Error("the page has no place for GraphiQL");
const providerSamples = await fetchSamples(url).catch(() => undefined);
createRoot(place).render(
  <PlaygroundPage url={url} tabs={toTabs(providerSamples ?? [])} isReachable={providerSamples !== undefined} runFirstTab={providerSamples !== undefined && isFirstVisit()} />,
);
