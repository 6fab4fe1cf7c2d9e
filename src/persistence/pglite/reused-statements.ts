import { messages, protocol, type PGlite } from "@electric-sql/pglite";
import { FrequentTexts, maxNamed } from "../frequent-texts.js";

type SendMessage = PGlite["execProtocolStream"];
type SendOptions = Parameters<SendMessage>[1];
type Reply = Awaited<ReturnType<SendMessage>>;

interface Statement {
  readonly name: string;
  readonly text: string;
  /** What the database answers to Describe: the parameters, then the columns or that there are none. */
  described?: Reply;
  uses: number;
}

/** A plan suits the size that the tables had. Nothing analyses tables here, which makes PostgreSQL replace its plans. */
const usesOfPlan = 100;

const [parseCode, describeCode, bindCode] = Buffer.from("PDB");
/** Behind the code and the length. */
const start = 5;
const noTypesLength = 2;

/**
 * Makes the database keep the statements that are sent often. The library sends each as a new one, and parsing and
 * planning it takes several times as long as executing it. Its messages of one statement come one after the other.
 */
export function reuseStatements(database: PGlite): void {
  const named = new NamedStatements(database.execProtocolStream.bind(database), () => database.isInTransaction());
  database.execProtocolStream = (message, options) => named.send(message, options);
}

class NamedStatements {
  readonly #send: SendMessage;
  readonly #isInTransaction: () => boolean;
  readonly #statements = new Map<string, Statement>();
  readonly #frequent = new FrequentTexts(4);
  #made = 0;
  /** The one that the messages are about; undefined: one without a name. */
  #current: Statement | undefined;

  constructor(send: SendMessage, isInTransaction: () => boolean) {
    this.#send = send;
    this.#isInTransaction = isInTransaction;
  }

  async send(message: Uint8Array, options: SendOptions): Promise<Reply> {
    if (message[0] === parseCode) return this.#parse(message, options);
    const statement = this.#current;
    if (statement === undefined) return this.#send(message, options);
    if (message[0] === bindCode) return this.#bind(message, statement, options);
    if (message[0] !== describeCode) return this.#send(message, options);
    const { name } = statement;
    // The library asks twice, and takes from each answer what it needs.
    return (statement.described ??= await this.#send(protocol.serialize.describe({ type: "S", name }), options));
  }

  async #parse(message: Uint8Array, options: SendOptions): Promise<Reply> {
    this.#current = undefined;
    const text = statementTextOf(message);
    const known = text === undefined ? undefined : this.#statements.get(text);
    if (known !== undefined && known.uses < usesOfPlan) {
      known.uses += 1;
      this.#current = known;
      return [messages.parseComplete];
    }
    if (text === undefined || (known === undefined && !this.#frequent.count(text))) return this.#send(message, options);
    await this.#makeRoom(known, options);
    const statement = { name: `recordgate_${this.#made++}`, text, uses: 1 };
    const answer = await this.#send(protocol.serialize.parse({ name: statement.name, text }), options);
    this.#statements.set(text, statement);
    this.#current = statement;
    return answer;
  }

  /** Closes the outdated statement; without one, the oldest when the most are kept. */
  async #makeRoom(outdated: Statement | undefined, options: SendOptions): Promise<void> {
    const [oldest] = this.#statements.values();
    const left = outdated ?? (this.#statements.size === maxNamed ? oldest : undefined);
    if (left === undefined) return;
    this.#statements.delete(left.text);
    await this.#send(protocol.serialize.close({ type: "S", name: left.name }), options);
  }

  /** Once more without the name when the database no longer has it, or its columns have changed. */
  async #bind(message: Uint8Array, { name, text }: Statement, options: SendOptions): Promise<Reply> {
    try {
      return await this.#send(withStatement(message, name), options);
    } catch (error) {
      if (!isOutdated(error)) throw error;
      this.#statements.delete(text);
      // The transaction ends by that, and is repeated as after a conflict.
      if (this.#isInTransaction()) throw error;
      this.#current = undefined;
      await this.#send(protocol.serialize.sync(), options);
      await this.#send(protocol.serialize.parse({ text }), options);
      return this.#send(message, options);
    }
  }
}

/** 26000: the database does not know the name. 0A000: the columns are no longer those of the first time. */
function isOutdated(error: unknown): boolean {
  return error instanceof messages.DatabaseError && (error.code === "26000" || error.code === "0A000");
}

/** Of a Parse without a name; undefined when it states the types of parameters. */
function statementTextOf(message: Uint8Array): string | undefined {
  const end = message.indexOf(0, start + 1);
  if (message.length !== end + 1 + noTypesLength) return undefined;
  return Buffer.from(message.buffer, message.byteOffset + start + 1, end - start - 1).toString("utf8");
}

/** A Bind that names the statement: it has neither the name of a portal nor of a statement. */
function withStatement(message: Uint8Array, name: string): Uint8Array {
  const bound = Buffer.concat([message.subarray(0, start + 1), Buffer.from(name), message.subarray(start + 1)]);
  bound.writeUInt32BE(bound.length - 1, 1);
  return bound;
}
