import type { Program } from "../e2e/program.js";
import { container, openDoor } from "./containers.js";
import type { PlaceKind } from "./places.js";
import type { Stage } from "./stage.js";

/** One way to disturb programs that are written to. */
export interface Scenario {
  readonly name: string;
  readonly place: PlaceKind;
  /** Its part of the rounds that are asked for, where a round takes long. */
  readonly share?: number;
  /** Starts programs, has them written to, and leaves none running. */
  readonly round: (stage: Stage) => Promise<void>;
}

/** A lease of an import: a process that is stopped for longer loses the import to another one. */
const leaseMs = 15_000;

async function disturbOne(stage: Stage, disturb: (program: Program) => Promise<void>): Promise<void> {
  const program = await stage.start();
  const writers = stage.clients.start([program.url]);
  await stage.written();
  await disturb(program);
  await writers.end();
}

/** Two programs on one server: one is disturbed, and both end in the way that the seed says. */
async function disturbOneOfTwo(stage: Stage, disturb: (program: Program) => Promise<void>): Promise<void> {
  const programs = await Promise.all([stage.start(), stage.start()]);
  const writers = stage.clients.start(programs.map(({ url }) => url));
  await stage.written();
  await disturb(stage.random.pick(programs));
  await stage.written();
  const end = stage.random.chance(0.5);
  await Promise.all(programs.map((program) => (end ? program.stop("SIGKILL") : program.stop("SIGTERM"))));
  await writers.end();
}

async function kill(program: Program): Promise<void> {
  await program.stop("SIGKILL");
}

async function fillDisk(stage: Stage, program: Program): Promise<void> {
  const { disk } = stage.place;
  if (disk === undefined) throw new Error("the place has no small disk");
  await disk.shell(`dd if=/dev/zero of=${disk.folder}/filler bs=1M 2>/dev/null || true`);
  await stage.pause(100, 500);
  const end = stage.random.pick(["SIGKILL", "SIGTERM", "goes on"] as const);
  if (end !== "goes on") await program.stop(end);
  await disk.shell(`rm ${disk.folder}/filler`);
  if (end !== "goes on") return;
  await stage.written();
  await stage.terminate(program);
}

async function writeThroughDoor(
  stage: Stage,
  program: Program,
  meanwhile = (): Promise<void> => Promise.resolve(),
): Promise<void> {
  const door = await openDoor(program);
  const writers = stage.clients.start([door.url]);
  await Promise.all([meanwhile(), stage.written()]);
  await program.stop("SIGKILL");
  await writers.end();
  await door.close();
}

/** Of two programs that start at once when the first one is dead, one serves. */
async function pairContainers(stage: Stage): Promise<void> {
  await writeThroughDoor(stage, await stage.start(container()), () => stage.expectKeptOut(container()));
  const starts = await Promise.allSettled([stage.start(container()), stage.start(container())]);
  const heirs = starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
  const [heir] = heirs;
  if (heir === undefined || heirs.length > 1) throw new Error(`${heirs.length} of two programs have the folder`);
  await writeThroughDoor(stage, heir);
}

async function crashServer(stage: Stage): Promise<void> {
  const { cluster } = stage.place;
  if (cluster === undefined) throw new Error("the place has no server of its own");
  await disturbOne(stage, async (program) => {
    await cluster.crash();
    await stage.pause(0, 300);
    await cluster.start();
    await stage.written();
    await stage.terminate(program);
  });
}

export const scenarios: readonly Scenario[] = [
  { name: "folder-kill", place: "folder", round: (stage) => disturbOne(stage, kill) },
  {
    name: "folder-terminate",
    place: "folder",
    round: (stage) => disturbOne(stage, (program) => stage.terminate(program)),
  },
  {
    name: "folder-stop",
    place: "folder",
    round: (stage) =>
      disturbOne(stage, async (program) => {
        process.kill(program.pid, "SIGSTOP");
        await stage.expectKeptOut();
        if (stage.random.chance(0.7)) {
          process.kill(program.pid, "SIGCONT");
          await stage.written();
        }
        await kill(program);
      }),
  },
  {
    name: "disk-full",
    place: "small disk",
    round: (stage) => disturbOne(stage, (program) => fillDisk(stage, program)),
  },
  { name: "containers", place: "containers", round: pairContainers },
  { name: "server-kill", place: "server", round: (stage) => disturbOneOfTwo(stage, kill) },
  {
    name: "server-terminate",
    place: "server",
    round: (stage) => disturbOneOfTwo(stage, (program) => stage.terminate(program)),
  },
  {
    name: "server-stop",
    place: "server",
    share: 0.2,
    round: (stage) =>
      disturbOneOfTwo(stage, async (program) => {
        process.kill(program.pid, "SIGSTOP");
        await stage.pause(leaseMs, leaseMs + 4000);
        process.kill(program.pid, "SIGCONT");
      }),
  },
  { name: "server-crash", place: "server", round: crashServer },
];
