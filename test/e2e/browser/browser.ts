import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { findChromium } from "../../../scripts/tests/chromium.mjs";

// Chromium has no sandbox when it runs as root. The other flags keep it from contacting hosts of its own.
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface Visit {
  readonly page: Page;
  /** Everything that the page logged to the console, and its uncaught errors. */
  readonly console: readonly string[];
  /** Every address that the page requested. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

/** The installed Chromium with an empty profile and one page. */
export async function openBrowser(options: {
  readonly colorScheme: "light" | "dark";
  readonly width?: number;
  /** Names that lead to an address, by name. */
  readonly hosts?: Readonly<Record<string, string>>;
}): Promise<Visit> {
  const executablePath = findChromium(process.env);
  if (executablePath === undefined) throw new Error("Chromium was not found: install it or set CHROMIUM_PATH");
  const { colorScheme, width = 1400, hosts = {} } = options;
  const rules = Object.entries(hosts).map(([name, address]) => `MAP ${name} ${address}`);
  const profile = await mkdtemp(join(tmpdir(), "recordgate-browser-"));
  const viewport = { width, height: 860 };
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...flags, `--host-resolver-rules=${rules.join(",")}`],
    colorScheme,
    viewport,
    locale: "en-US",
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    page,
    ...listen(context, page),
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

function listen(context: BrowserContext, page: Page): Pick<Visit, "console" | "requests"> {
  const told: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => told.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => told.push(`uncaught: ${error.message}`));
  // Listens on the context: workers also send requests.
  context.on("request", (request) => requests.push(request.url()));
  context.on("requestfailed", (request) => told.push(`failed: ${request.url()}`));
  return { console: told, requests };
}
