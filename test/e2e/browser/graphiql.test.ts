import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page, Request } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startProgram, type Program } from "../program.js";
import { openBrowser, type Visit } from "./browser.js";

const pictures = join(tmpdir(), "recordgate-screenshots");
let program: Program;
beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  program = await startProgram({ DATABASE_URL: "memory:" });
});
afterAll(() => program.stop("SIGTERM"));

const editor = ".graphiql-query-editor .monaco-editor";
const variablesEditor = ".graphiql-editor-tool .graphiql-editor:not(.hidden)";
const answer = ".graphiql-response";
const completions = ".graphiql-query-editor .suggest-widget.visible .monaco-list-row .label-name";

/** Monaco writes spaces as no-break spaces. */
async function textOf(page: Page, part: string): Promise<string> {
  return (await page.locator(`${part} .view-lines`).innerText()).replaceAll("\u00a0", " ");
}

async function visit(colorScheme: "light" | "dark", width?: number): Promise<Visit> {
  const visited = await openBrowser({ colorScheme, width });
  await visited.page.goto(program.url);
  const firstAnswer = visited.page.locator(`${answer} .view-lines`, { hasText: '"recordProviders"' });
  await firstAnswer.waitFor({ timeout: 30_000 });
  return visited;
}

/** A text at the top of each answer: Monaco renders only the lines in view. */
const answers = {
  zillizUpsert: /"UpsertEntitiesSuccess"/,
  faultyRecords: /"recordIndex": 2,\s+"field"/,
  readBack: /"insertedAt": "20/,
};

/** The editor is checked by its worker some time after its text changes. */
async function expectMarked(page: Page, faults: number): Promise<void> {
  await expect.poll(() => page.locator(".squiggly-error").count(), { timeout: 10_000 }).toBe(faults);
}

/** The page requested only addresses of the program and logged no problem. */
function expectQuiet({ console, requests }: Visit): void {
  const { origin } = new URL(program.url);
  expect(requests.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith("data:"))).toEqual([]);
  expect(console).toEqual([]);
}

describe.each(["light", "dark"] as const)("GraphiQL in the %s theme", (colorScheme) => {
  let visited: Visit;
  beforeAll(async () => {
    visited = await visit(colorScheme);
  });
  afterEach(() => expectQuiet(visited));
  afterAll(() => visited.close());

  test("completes a mutation from the generated inputs, runs it and shows the typed result", async () => {
    const { page } = visited;
    expect([new URL(page.url()).pathname, await page.title()]).toEqual(["/graphiql", "Recordgate"]);
    await page.screenshot({ path: join(pictures, `${colorScheme}-first-sight.png`) });

    await page.getByRole("button", { name: "New tab" }).click();
    await page.locator(editor).click();
    await page.keyboard.type("mutation { insertRecords(input: { target: { ");
    await page.keyboard.press("Control+Space");
    await expect
      .poll(() => page.locator(completions).allInnerTexts())
      .toEqual(expect.arrayContaining(["milvus", "zilliz"]));
    await page.keyboard.type("zilliz: { ");
    await page.keyboard.press("Control+Space");
    await expect.poll(() => page.locator(completions).allInnerTexts()).toEqual(["collectionName", "dbName"]);
    await page.screenshot({ path: join(pictures, `${colorScheme}-completion.png`) });
    await page.keyboard.press("Enter");
    await expect.poll(() => textOf(page, editor)).toContain("zilliz: { collectionName: ");

    await page.keyboard.type(
      `"quick_start" } } records: [{ id: 7, title: "Solaris", vector: [0.1, 0.2, 0.3, 0.4] }] })`,
    );
    await page.keyboard.type("{ __typename ... on InsertRecordsSuccess { insertedCount ids } }");
    await page.keyboard.press("Control+Enter");
    await expect
      .poll(() => textOf(page, answer))
      .toMatch(/"__typename": "InsertRecordsSuccess",\s+"insertedCount": 1,\s+"ids": \[\s+"7"/);
    await page.screenshot({ path: join(pictures, `${colorScheme}-result.png`) });
  });

  test("has a working tab for each operation and marks faults in the editor", async () => {
    const { page } = visited;
    for (const [tab, expected] of Object.entries(answers)) {
      await page.getByRole("tab", { name: tab }).click();
      await runTab(page, tab);
      await expect.poll(() => textOf(page, answer)).toMatch(expected);
      await expectMarked(page, 0);
      await page.screenshot({ path: join(pictures, `${colorScheme}-${tab}.png`) });
    }
    await page.locator(editor).click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" { fieldOfNoSchema }");
    await expectMarked(page, 1);
  });
});

/** The name of the operation that a request carries. */
function operationOf(request: Request): string | undefined {
  return /"operationName":"(\w+)"/.exec(request.postData() ?? "")?.[1];
}

/**
 * Clicks until GraphiQL sends the operation of the open tab, and returns the answer: GraphiQL reads the operations of a
 * tab shortly after it opens, and runs those that it has read.
 */
async function runTab(page: Page, name: string): Promise<string> {
  const button = page.getByRole("button", { name: /Execute query/ });
  const run = async (): Promise<string> => {
    const sent: Request[] = [];
    const note = (request: Request): void => {
      if (operationOf(request) !== undefined) sent.push(request);
    };
    page.on("request", note);
    const first = page.waitForRequest((request) => operationOf(request) !== undefined, { timeout: 3000 });
    await Promise.all([button.click(), first.then((request) => request.response()).catch(() => undefined)]);
    // The page may first make the collection that the operation needs: until all is done, the button stops it.
    await button.waitFor();
    page.off("request", note);
    const own = sent.findLast((request) => operationOf(request) === name);
    return (await own?.response())?.text() ?? "";
  };
  let told = "";
  await expect.poll(async () => (told = await run()), { timeout: 60_000 }).not.toBe("");
  return told;
}

/** These show errors on purpose. */
const refusedTabs = ["faultyRecords", "absentTargets"];

const inTheirOrder = (names: readonly string[]): readonly string[] => names;
/** Each third one, the last one first, then the others: no tab comes after the one before it. */
const shuffled = (names: readonly string[]): readonly string[] =>
  [0, 1, 2].flatMap((start) => names.toReversed().filter((_, index) => index % 3 === start));

test.each([
  ["in their order", inTheirOrder],
  ["shuffled, with deleteCollection first", shuffled],
] as const)("every tab of GraphiQL works when it is simply run, twice: %s", async (_, order) => {
  const visited = await visit("light");
  const { page } = visited;
  try {
    const names = await page.getByRole("tab").allInnerTexts();
    expect(names).toEqual(expect.arrayContaining(["overview", "createCollection", "deleteCollection"]));
    for (const name of [...order(names), ...order(names)].map((each) => each.trim())) {
      await page.getByRole("tab", { name: new RegExp(`\\b${name}\\b`) }).click();
      const told = await runTab(page, name);
      expect(told, name).toContain('"data":{');
      expect(told, name).not.toContain('"errors":[');
      if (!refusedTabs.includes(name)) expect(told, name).not.toMatch(/"__typename":"\w+Error"/);
      if (name === "deleteCollection") await expectShown(page, told, /"id":"([^"]+)"/);
      if (name === "createCollection") await expectShown(page, told, /"name":"([^"]+)"/);
    }
    expectQuiet(visited);
  } finally {
    await visited.close();
  }
});

/** The variables in the editor hold the part of the answer: they are those that the page sent. */
async function expectShown(page: Page, told: string, part: RegExp): Promise<void> {
  const [, value = "nothing"] = part.exec(told) ?? [];
  await expect.poll(() => textOf(page, variablesEditor)).toContain(value);
}

/** 0 is black, 255 white. */
async function brightnessOf(page: Page, selector: string): Promise<number> {
  const color = await page.evaluate<string>(
    `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).backgroundColor`,
  );
  const [red = 0, green = 0, blue = 0] = (color.match(/\d+/g) ?? []).map(Number);
  return (red + green + blue) / 3;
}

test("GraphiQL follows the system from light to dark, its editors too", async () => {
  const visited = await visit("light");
  const { page } = visited;
  try {
    expect(await brightnessOf(page, ".graphiql-container")).toBeGreaterThan(200);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => brightnessOf(page, ".graphiql-container")).toBeLessThan(80);
    await expect.poll(() => page.locator(`${editor}.vs-dark`).count()).toBeGreaterThan(0);
    expectQuiet(visited);
  } finally {
    await visited.close();
  }
});

test("GraphiQL shows all its tabs in the window, and names a server that does not answer", async () => {
  const visited = await visit("light", 1200);
  const { page } = visited;
  try {
    const boxes = await Promise.all((await page.getByRole("tab").all()).map((tab) => tab.boundingBox()));
    expect(boxes.length).toBeGreaterThan(10);
    const right = (await page.locator(".graphiql-logo").boundingBox())?.x ?? 0;
    expect(boxes.filter((box) => box === null || box.x < 0 || box.x + box.width > right)).toEqual([]);
    const editors = await page.locator(".graphiql-editors").boundingBox();
    expect(Math.max(...boxes.map((box) => (box?.y ?? 0) + (box?.height ?? 0)))).toBeLessThanOrEqual(
      (editors?.y ?? 0) + 2,
    );
    await page.screenshot({ path: join(pictures, "all-tabs.png") });
    await page.route("**/graphql", (route) => route.abort());
    await page.getByRole("button", { name: /Execute query/ }).click();
    const { origin } = new URL(program.url);
    await expect
      .poll(() => page.locator(".unreachable").allInnerTexts())
      .toEqual([`${origin}/graphql does not answer. Start it, then run the operation again.`]);
    await expect.poll(() => textOf(page, answer)).toMatch(/does\s+not\s+answer/);
    await page.screenshot({ path: join(pictures, "unreachable.png") });
  } finally {
    await visited.close();
  }
});

test("GraphiQL shows its editor above the answer on a telephone, and cuts nothing off", async () => {
  const visited = await visit("dark", 400);
  const { page } = visited;
  try {
    const [editors, response] = await Promise.all(
      [".graphiql-editors", ".graphiql-response"].map((part) => page.locator(part).boundingBox()),
    );
    expect(editors?.width).toBeGreaterThan(350);
    expect(response?.y).toBeGreaterThan((editors?.y ?? 0) + (editors?.height ?? 0) - 1);
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(400);
    await page.screenshot({ path: join(pictures, "telephone.png") });
    expectQuiet(visited);
  } finally {
    await visited.close();
  }
});
