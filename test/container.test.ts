import { existsSync, readFileSync } from "node:fs";
import { Command } from "commander";
import { validate } from "dockerfile-utils";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { describeSettings } from "../src/host/settings/config.js";
import { addKeysCommand } from "../src/host/keys-command.js";

const dockerfile = readFileSync("Dockerfile", "utf8");
/** One a line, as the builder reads them. */
const instructions = dockerfile
  .replaceAll(/^#.*\n/gm, "")
  .replaceAll(/\\\n\s*/g, "")
  .split("\n")
  .filter((line) => line !== "");
const stages = instructions.join("\n").split(/^(?=FROM )/m);
const settings = describeSettings([]).map(({ name }) => name);

describe("the Dockerfile", () => {
  test("has no fault that a linter finds", () => {
    expect(validate(dockerfile).map(({ message, range }) => ({ line: range.start.line + 1, message }))).toEqual([]);
    expect(validate("FROM node\nRUNN x\nEXPOSE many").length).toBeGreaterThan(1);
  });

  test("builds in one stage and runs in another, on one pinned major, not as root", () => {
    expect(stages.map((stage) => /^FROM (\S+)/.exec(stage)?.[1])).toEqual([
      "node:22-bookworm-slim",
      "node:22-bookworm-slim",
    ]);
    const [, program = ""] = stages;
    expect(program).toMatch(/\nUSER node\n[^]*\nENTRYPOINT \[/);
    expect(program).not.toMatch(/npm|\nCOPY \. /);
    expect(program).toMatch(/\nHEALTHCHECK .*\/health/);
  });

  test("copies what exists or is built, and sets what the program reads", () => {
    const copied = [...dockerfile.matchAll(/^COPY --from=build \/build\/(\S+)/gm)].map(([, path = ""]) => path);
    expect(copied).toContain("dist");
    expect(copied.filter((path) => path !== "dist" && !existsSync(path))).toEqual([]);
    const [, variables = ""] = /^ENV NODE_ENV=production (.*)$/m.exec(dockerfile) ?? [];
    expect(variables.split(" ").map((pair) => pair.split("=", 1)[0])).toEqual(["HOST", "PORT", "DATABASE_FOLDER"]);
  });

  test("is given what the build reads and neither packages nor secrets", () => {
    const allowed = readFileSync(".dockerignore", "utf8")
      .split("\n")
      .flatMap((line) => (line.startsWith("!") ? [line.slice(1)] : []));
    expect(allowed).toEqual(
      expect.arrayContaining(["package.json", "package-lock.json", ".npmrc", "src", "scripts", "prisma", "schema"]),
    );
    expect(allowed.filter((path) => !existsSync(path))).toEqual([]);
  });
});

describe("the compose file", () => {
  const service = z.object({
    image: z.string().optional(),
    build: z.string().optional(),
    command: z.array(z.string()).optional(),
    environment: z.record(z.string(), z.string()),
    deploy: z.object({ replicas: z.number() }).optional(),
    depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
    healthcheck: z
      .object({ test: z.array(z.string()).optional(), disable: z.boolean().optional() })
      .loose()
      .optional(),
    ports: z.array(z.string()).optional(),
    volumes: z.array(z.string()).optional(),
    stop_grace_period: z.string().optional(),
    restart: z.string(),
  });
  const file = z.strictObject({
    services: z.record(z.string(), service.strict()),
    volumes: z.record(z.string(), z.object({})),
  });
  const { services, volumes } = file.parse(
    parse(readFileSync("compose.yaml", "utf8"), { strict: true, uniqueKeys: true }),
  );
  const { recordgate, database, "first-key": firstKey } = services;

  test("runs two replicas of the image over one PostgreSQL server that is ready first", () => {
    expect(recordgate).toMatchObject({
      build: ".",
      deploy: { replicas: 2 },
      depends_on: { database: { condition: "service_healthy" } },
    });
    expect(database?.image).toMatch(/^postgres:\d+-/);
    expect(database?.healthcheck?.test).toContain("pg_isready");
    expect(Object.keys(volumes)).toEqual(database?.volumes?.map((volume) => volume.split(":", 1)[0]));
    // One port for each replica.
    expect(recordgate?.ports).toEqual(["127.0.0.1:4000-4001:4000"]);
  });

  test("demands credentials, and makes the first key once, in the same database", async () => {
    expect(recordgate?.environment["AUTHORIZATION"]).toBe("on");
    expect(firstKey).toMatchObject({
      build: ".",
      depends_on: { database: { condition: "service_healthy" } },
      // It ends, and a check of its health would call it ill.
      healthcheck: { disable: true },
      restart: "no",
    });
    expect(firstKey?.environment).toEqual({ DATABASE_URL: recordgate?.environment["DATABASE_URL"] });
    const [command, ...words] = firstKey?.command ?? [];
    expect(command).toBe("keys");
    const asked: unknown[] = [];
    const program = new Command();
    addKeysCommand(program, () =>
      Promise.resolve({
        keys: {
          create: (request) => {
            asked.push(request);
            return Promise.resolve(undefined);
          },
          list: () => Promise.resolve([]),
          revoke: () => Promise.resolve(false),
        },
        close: () => Promise.resolve(),
      }),
    );
    await program.parseAsync(["keys", ...words], { from: "user" });
    expect(asked).toEqual([{ name: "first", scopes: [], everything: true, expires: undefined, onlyFirst: true }]);
  });

  test("sets variables that the program has, and holds no secret", () => {
    const names = [recordgate, firstKey].flatMap((each) => Object.keys(each?.environment ?? {}));
    expect(names).toContain("DATABASE_URL");
    // Without it the image does not start: it listens on every address.
    expect(recordgate?.environment["AUTHORIZATION"]).toBe("on");
    expect(names.filter((name) => !settings.includes(name))).toEqual([]);
    expect(JSON.stringify(services)).not.toMatch(/PASSWORD":"(?!\$)|postgres:\/\/recordgate:(?!\$)/);
  });
});
