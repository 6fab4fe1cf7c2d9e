import { describe, expect, test, vi } from "vitest";
import { describeOldNode } from "../../src/host/node-version.mjs";
import { createProgressLine } from "../../src/host/progress-line.mjs";
import { describeOpening, toStartReport } from "../../src/host/start-report.js";

describe("the report of a start", () => {
  test("has a line for each provider and switch, and no secret of an address", () => {
    const config = {
      AUTHORIZATION: "on",
      FAULTS: "off",
      providers: { shelf: { baseUrl: "https://user:hunter2@shelf.example/api/?key=hunter2" } },
    } as const;
    expect(toStartReport({ config, database: "in memory", providers: [{ id: "shelf" }, { id: "drawer" }] })).toEqual([
      "  database       in memory",
      "  shelf          remote, https://shelf.example/api",
      "  drawer         embedded",
      "  authorization  on",
      "  faults         off",
    ]);
  });

  test("distinguishes a new folder, an existing folder and a server", () => {
    const openings = [
      { DATABASE_FOLDER: "no-such-folder" },
      { DATABASE_FOLDER: "src" },
      { DATABASE_FOLDER: "src", DATABASE_URL: "postgres://u:hunter2@h/d" },
    ];
    expect(openings.map(describeOpening)).toEqual([
      "Unpacking a new database into no-such-folder",
      "Opening and migrating the database in src",
      "Connecting to the PostgreSQL server and migrating its tables",
    ]);
  });
});

describe("the progress line", () => {
  test("is silent where there is no terminal", () => {
    const write = vi.fn();
    const line = createProgressLine({ write });
    line.show("Loading");
    line.clear();
    expect(write).not.toHaveBeenCalled();
  });

  test("shows the present step and leaves an empty line", () => {
    const written: string[] = [];
    const line = createProgressLine({ isTTY: true, write: (text) => written.push(text) });
    line.show("Loading");
    line.show("Unpacking");
    line.clear();
    line.clear();
    expect(written).toEqual(["\r\u001b[KLoading…", "\r\u001b[K", "\r\u001b[KUnpacking…", "\r\u001b[K"]);
  });
});

test.each([
  ["18.20.8", true],
  ["20.18.3", true],
  ["20.19.0", false],
  ["22.0.0", false],
])("Node %s is too old: %s", (running, tooOld) => {
  const described = describeOldNode({ engines: { node: ">=20.19" } }, running);
  expect(described).toBe(tooOld ? `Recordgate needs Node.js 20.19 or newer; this is ${running}.` : undefined);
});
