import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSmallDisk, type SmallDisk } from "../e2e/linux/small-disk.js";
import { findPostgresPrograms } from "../bench/servers/postgres-programs.js";
import { type Cluster, createCluster } from "./cluster.js";

/** Where the database of a scenario is. */
export interface Place {
  readonly environment: Readonly<Record<string, string>>;
  /** Runs the program there. */
  readonly launcher?: readonly string[];
  readonly disk?: SmallDisk;
  readonly cluster?: Cluster;
  readonly close: () => Promise<void>;
}

export type PlaceKind = "folder" | "containers" | "small disk" | "server";

const needsRoot = "needs root on Linux";

/** Why this machine does not have such a place; nothing where it has. */
export function lackOf(kind: PlaceKind): string | undefined {
  if (kind === "folder") return undefined;
  if (kind === "server") return findPostgresPrograms() === undefined ? "needs the programs of PostgreSQL" : undefined;
  return process.platform === "linux" && process.getuid?.() === 0 ? undefined : needsRoot;
}

const diskMegabytes = 600;

const openers = {
  folder: openFolder,
  containers: openFolder,
  "small disk": async () => {
    const disk = await createSmallDisk(diskMegabytes);
    const environment = { DATABASE_FOLDER: join(disk.folder, "database") };
    return { environment, launcher: disk.launcher, disk, close: () => disk.remove() };
  },
  server: async () => {
    const cluster = await createCluster(findPostgresPrograms() ?? "");
    return { environment: { DATABASE_URL: cluster.url }, cluster, close: () => cluster.remove() };
  },
} satisfies Record<PlaceKind, () => Promise<Place>>;

export function openPlace(kind: PlaceKind): Promise<Place> {
  return openers[kind]();
}

async function openFolder(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "recordgate-durability-"));
  return {
    environment: { DATABASE_FOLDER: join(folder, "database") },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
