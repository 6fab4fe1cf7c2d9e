import type { Violation } from "../../core/failure.js";
import {
  createRefusal,
  documentedBy,
  type FailureRow,
  type MessageParameters,
  type RefusalBy,
  type RowDeclaration,
  type SourcedRow,
} from "./failure-row.js";

/** The names in braces in a message. */
type Placeholders<Message extends string> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type MessageOf<Row extends FailureRow, Name extends string> =
  Row extends FailureRow<infer Known, infer Message> ? (Name extends Known ? Message : never) : never;

type ParametersOf<Row extends FailureRow, Name extends string> = Placeholders<MessageOf<Row, Name>>;

/** Names of the rows whose message has placeholders for the given parameters only. */
export type RowNameWithin<Row extends FailureRow, Given extends string> =
  Row extends FailureRow<infer Name, infer Message> ? ([Placeholders<Message>] extends [Given] ? Name : never) : never;

type RefuseDetails<Parameters extends string> = [Parameters] extends [never]
  ? [parameters?: Readonly<Record<string, never>>, violations?: readonly Violation[]]
  : [parameters: Readonly<Record<Parameters, string | number>>, violations?: readonly Violation[]];

/** The failure rows of a contract, and the function that refuses with them. */
export interface FailureTable<Row extends FailureRow = FailureRow> {
  readonly rows: readonly SourcedRow<Row>[];
  /** Names of the rows for failures of the service itself. */
  readonly serviceFailures: ServiceFailureNames;
  /** Makes the error that a service throws: a row of the table, with exactly the parameters of its message. */
  refuse<Name extends Row["name"]>(failure: Name, ...details: RefuseDetails<ParametersOf<Row, Name>>): RefusalBy<Name>;
}

/**
 * Default name and meaning of the row for each failure of the service itself; the contract's own members override them.
 */
const serviceFailureMeanings = {
  internal: { name: "internal", kind: "internal", retry: "only-if-idempotent" },
  /** Refused before doing anything. */
  unavailable: { name: "unavailable", kind: "unavailable", retry: "yes" },
  /** The connection to the database was lost while the write was being committed. */
  interrupted: { name: "interrupted", kind: "unavailable", retry: "only-if-idempotent" },
  unknownPath: { name: "unknown-path", kind: "not-found" },
} as const satisfies Record<string, Pick<RowDeclaration, "name" | "kind" | "retry">>;

type ServiceFailure = keyof typeof serviceFailureMeanings;

export type ServiceFailureNames = Readonly<
  Record<ServiceFailure | "malformed" | "unstorable" | "tooLarge" | "answerTooLarge", string>
>;

/** A row whose meaning the kit supplies; the contract adds the wire form. */
type ServiceFailureForm = Pick<RowDeclaration, "status" | "message"> & Partial<RowDeclaration>;

/** The wire forms of the service's own failures. */
export type ServiceFailureForms = Readonly<Record<ServiceFailure, ServiceFailureForm>>;

type ServiceFailureName<Own extends ServiceFailureForms, Each extends ServiceFailure> = Own[Each] extends {
  readonly name: infer Name extends string;
}
  ? Name
  : (typeof serviceFailureMeanings)[Each]["name"];

type ServiceFailureRow<Own extends ServiceFailureForms> = {
  [Each in ServiceFailure]: FailureRow<ServiceFailureName<Own, Each>, Own[Each]["message"]>;
}[ServiceFailure];

type RowOf<Row extends RowDeclaration> =
  Row extends RowDeclaration<infer Name, infer Message> ? FailureRow<Name, Message> : never;

interface FailuresDeclaration<Own extends ServiceFailureForms, Rows extends readonly RowDeclaration[]> {
  /** The document behind every row that does not name its own: a section, a URL, or "observed: <service> <version>". */
  readonly source: string;
  readonly serviceFailures: Own;
  readonly rows: Rows;
  /** The row for a request that cannot be read. */
  readonly malformed: RowNameWithin<RowOf<Rows[number]>, "problem">;
  /**
   * The row for a value that passed the service's checks and that the store cannot keep; absent: the row of
   * `malformed`.
   */
  readonly unstorable?: RowNameWithin<RowOf<Rows[number]>, "problem" | "cause">;
  /** The row for a body above the largest limit of all contracts. */
  readonly tooLarge: RowNameWithin<RowOf<Rows[number]>, "limit" | "actual" | "unit">;
  /** The row for a request whose answer would be larger than the server allows; absent: the row of `malformed`. */
  readonly answerTooLarge?: RowNameWithin<RowOf<Rows[number]>, "problem" | "cause">;
}

/**
 * Declares the failures of a contract, in their order of precedence for a client (see `findDeclaredRow`).
 * @throws Error at start-up when two rows have one name
 */
export function defineFailures<const Own extends ServiceFailureForms, const Rows extends readonly RowDeclaration[]>({
  source,
  serviceFailures,
  rows,
  malformed,
  unstorable,
  tooLarge,
  answerTooLarge,
}: FailuresDeclaration<Own, Rows>): FailureTable<ServiceFailureRow<Own> | RowOf<Rows[number]>> {
  const named = {
    internal: { ...serviceFailureMeanings.internal, ...serviceFailures.internal },
    unavailable: { ...serviceFailureMeanings.unavailable, ...serviceFailures.unavailable },
    interrupted: { ...serviceFailureMeanings.interrupted, ...serviceFailures.interrupted },
    unknownPath: { ...serviceFailureMeanings.unknownPath, ...serviceFailures.unknownPath },
  } satisfies Record<ServiceFailure, RowDeclaration>;
  const { internal, unavailable, interrupted, unknownPath } = named;
  return createFailureTable(documentedBy(source, [...rows, ...Object.values(named)]), {
    internal: internal.name,
    unavailable: unavailable.name,
    interrupted: interrupted.name,
    unknownPath: unknownPath.name,
    malformed,
    unstorable: unstorable ?? malformed,
    tooLarge,
    answerTooLarge: answerTooLarge ?? malformed,
  });
}

/**
 * The table with further rows, which come after the others in precedence.
 * @throws Error at start-up when two rows have one name
 */
export function extendFailures<Row extends FailureRow, const Rows extends readonly RowDeclaration[]>(
  table: FailureTable<Row>,
  { source, rows }: Pick<FailuresDeclaration<ServiceFailureForms, Rows>, "source" | "rows">,
): FailureTable<Row | RowOf<Rows[number]>> {
  return createFailureTable([...table.rows, ...documentedBy(source, rows)], table.serviceFailures);
}

function createFailureTable<Row extends FailureRow>(
  rows: readonly SourcedRow[],
  serviceFailures: ServiceFailureNames,
): FailureTable<Row> {
  const names = new Set<string>();
  for (const { name } of rows) {
    if (names.has(name)) throw new Error(`one table has two failure rows named ${name}`);
    names.add(name);
  }
  return {
    // The callers derive Row from the rows.
    rows: rows as readonly SourcedRow<Row>[],
    serviceFailures,
    refuse: (
      failure,
      ...[parameters = {}, violations = []]: [parameters?: MessageParameters, violations?: readonly Violation[]]
    ) => createRefusal({ failure, parameters, violations }),
  };
}
