import type { Random } from "../e2e/fuzz/random.js";
import { type Exit, type Program, runProgram, startProgram } from "../e2e/program.js";
import type { Place } from "./places.js";
import type { Clients } from "./writers.js";

interface StageParts {
  readonly place: Place;
  readonly random: Random;
  readonly clients: Clients;
}

/** What a round of a scenario acts on. */
export class Stage {
  readonly place: Place;
  readonly random: Random;
  readonly clients: Clients;
  readonly #started = new Set<Program>();

  constructor({ place, random, clients }: StageParts) {
    this.place = place;
    this.random = random;
    this.clients = clients;
  }

  async start(launcher = this.place.launcher): Promise<Program> {
    const program = await startProgram(this.place.environment, launcher && { launcher });
    this.#started.add(program);
    return program;
  }

  /** @throws Error when a program starts although another one has the folder, or says another reason */
  async expectKeptOut(launcher = this.place.launcher): Promise<void> {
    const exit = await runProgram(this.place.environment, launcher && { launcher });
    if (exit.code !== 1 || !exit.output.includes("is in use by process"))
      throw new Error(`a second program was not kept out: ${describeExit(exit)}`);
  }

  /** @throws Error when the program does not end with the code 0 */
  async terminate(program: Program): Promise<void> {
    const code = await program.stop("SIGTERM");
    if (code !== 0) throw new Error(`SIGTERM: ${describeExit({ code, output: program.output.join("\n") })}`);
  }

  /** Waits until clients have got some answers: at that moment other requests are in hand. */
  async written(): Promise<void> {
    await this.clients.answered(10 + this.random.below(120));
  }

  pause(fromMs: number, toMs: number): Promise<void> {
    const ms = fromMs + this.random.below(toMs - fromMs);
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  /** What the programs have logged of errors other than those of a database that is away or full. */
  defects(): readonly string[] {
    const lines = [...this.#started].flatMap(({ output }) => output);
    return lines.filter((line) => line.startsWith('{"level":50') && !line.includes('"StoreUnavailableError"'));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#started].map((program) => program.stop("SIGKILL")));
  }
}

function describeExit({ code, output }: Exit): string {
  return `code ${code}, ${output.split("\n").at(-1)}`;
}
