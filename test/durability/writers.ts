import type { Random } from "../e2e/fuzz/random.js";
import type { Model, Write } from "./model.js";
import { sendWrite } from "./requests.js";

const batchSize = 20;
/** The program writes more than 5,000 records as several statements of a transaction. */
const largeSize = 5500;
const pauseMs = 20;
const longestWaitMs = 10_000;

type Plan = Omit<Write, "id" | "outcome">;

/** Every writer sends one request at a time. Each of the last two has keys of its own. */
function planWriters(model: Model, random: Random): readonly (() => Plan)[] {
  const single = (): Plan => ({ collection: "inserted", removes: false, first: model.takeKeys(1), count: 1 });
  const batch = (): Plan => ({
    collection: "inserted",
    removes: false,
    first: model.takeKeys(batchSize),
    count: batchSize,
  });
  const imports = (): Plan => ({ ...batch(), collection: "imported" });
  const keyed = (): (() => Plan) => {
    const ranges = Array.from({ length: 4 }, () => model.takeKeys(batchSize));
    return () => {
      if (random.chance(0.02))
        return { collection: "keyed", removes: false, first: model.takeKeys(largeSize), count: largeSize };
      return { collection: "keyed", removes: random.chance(0.3), first: random.pick(ranges), count: batchSize };
    };
  };
  return [single, single, batch, imports, keyed(), keyed()];
}

export interface Writers {
  /** Ends them after their last answers. */
  end(): Promise<void>;
}

/** Concurrent clients that write to the addresses in turn until they are ended, or their address is gone. */
export class Clients {
  readonly #model: Model;
  readonly #plans: readonly (() => Plan)[];
  #answers = 0;

  constructor(model: Model, random: Random) {
    this.#model = model;
    this.#plans = planWriters(model, random);
  }

  start(urls: readonly string[]): Writers {
    const ending = new AbortController();
    const writing = this.#plans.map((plan, index) => {
      const url = urls[index % urls.length];
      return url === undefined ? Promise.resolve() : this.#write(url, plan, ending.signal);
    });
    const done = Promise.all(writing);
    // It is awaited at the end; until then a failure must not count as one that is not handled.
    done.catch(() => undefined);
    return {
      async end() {
        ending.abort();
        await done;
      },
    };
  }

  /** Waits for so many further answers, but not for ever: a program that is disturbed may give none. */
  async answered(count: number): Promise<void> {
    const [wanted, deadline] = [this.#answers + count, Date.now() + longestWaitMs];
    while (this.#answers < wanted && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  async #write(url: string, plan: () => Plan, ending: AbortSignal): Promise<void> {
    while (!ending.aborted) {
      const write = this.#model.begin(plan());
      try {
        write.outcome = await sendWrite(url, write);
        this.#answers += 1;
      } catch (error) {
        // The connection fails, or an answer ends in its middle.
        if (error instanceof TypeError || error instanceof SyntaxError) return;
        throw error;
      }
      if (write.outcome !== "acknowledged") await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
