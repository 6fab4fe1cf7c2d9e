import type { z } from "zod";
import type { JsonObject } from "../json/value.js";
import type { IdSource } from "../core/clock.js";
import { ProviderFailure } from "../core/failure.js";
import {
  writeOperations,
  type Origin,
  type StoredReceipt,
  type WriteCommand,
  type WriteOperation,
  type WriteReceipt,
} from "../core/write.js";
import { compactJsonBytes } from "../json/size.js";
import type { Connect, ContractCall, ContractResult } from "./call.js";
import type { Contract } from "./contract.js";
import { createTakePart, measureEnvelope, type TakePart } from "./cut-records.js";
import { isNearSizeLimit, type NumberSettings } from "./limits.js";

export type ExecuteWrite = (command: WriteCommand, signal: AbortSignal | undefined) => Promise<WriteReceipt>;

/** Cuts the records of a write by the limits of its contract. */
export type CutRecords = (operation: WriteOperation, command: WriteCommand) => TakePart;

/** Writes through a provider's contracts. @throws ProviderFailure */
export type DataSource = Partial<Record<WriteOperation, ExecuteWrite>> & {
  /** Absent: writes cannot be split. */
  readonly cut?: CutRecords;
};

/** The target schema of each operation: one strict object, whose keys are the contract's own names. */
export type WriteTargets = Partial<Record<WriteOperation, z.ZodObject>>;

/** The dependencies of a data source. */
export interface DataSourceContext {
  readonly ids: IdSource;
  /** Numbers that change the limits of the contracts. */
  readonly settings: NumberSettings;
}

interface Command<Target> extends Pick<WriteCommand, "records"> {
  readonly target: Target;
  /** Which part of a split write the records are, counted from 0; 0 for a write that is not split. */
  readonly part: number;
}

/** The contract's reply in neutral terms. */
type Receipt =
  | (Pick<StoredReceipt, "status" | "count"> & Partial<Pick<StoredReceipt, "skippedCount" | "ids" | "warnings">>)
  | { readonly status: "accepted"; readonly taskId: string };

/** Translates a command into the call of a contract and the reply into a receipt. */
interface WriteKind<Target, Reply extends z.ZodType> {
  readonly contract: Contract<z.ZodType, Reply>;
  /**
   * Each record becomes an element of one list in the body, in an envelope that does not depend on its values: split
   * writes count the size of their parts by that.
   */
  readonly toCall: (command: Command<Target>, context: DataSourceContext) => Omit<ContractCall, "origin">;
  readonly toReceipt: (result: ContractResult<z.output<Reply>>, command: Command<Target>) => Receipt;
  /**
   * For a contract that refuses a repeat of an applied call with a row of its own: an earlier attempt was applied, though
   * its reply was lost.
   */
  readonly landed?: LandedCall<Target>;
}

interface LandedCall<Target> {
  /** The row that refuses the repeat. */
  readonly row: string;
  /** Asks the service for the ids of the earlier attempt; undefined when it does not tell. */
  readonly createFindIds: (
    connect: Connect,
  ) => (
    sent: { readonly call: Omit<ContractCall, "origin">; readonly target: Target; readonly origin?: Origin },
    signal: AbortSignal | undefined,
  ) => Promise<readonly string[] | undefined>;
}

interface DataSourceDeclaration<
  Target extends z.ZodObject,
  Insert extends z.ZodType,
  Upsert extends z.ZodType,
  UpsertTarget extends Target,
> {
  readonly target: Target;
  /** The target of an upsert, where it has members of its own. */
  readonly upsertTarget?: UpsertTarget;
  /** The space that a target names, for keys that are limited to spaces; absent: targets do not name their space. */
  readonly toSpace?: (target: z.output<Target>) => string | undefined;
  readonly insertRecords?: WriteKind<z.output<Target>, Insert>;
  readonly upsertEntities?: WriteKind<z.output<UpsertTarget>, Upsert>;
}

export interface DataSourceKind {
  readonly targets: WriteTargets;
  readonly toSpace?: (target: JsonObject) => string | undefined;
  readonly connect: (connect: Connect, context: DataSourceContext) => DataSource;
}

/** @throws Error at start-up when a contract belongs to another operation */
export function defineDataSource<
  Target extends z.ZodObject,
  Insert extends z.ZodType,
  Upsert extends z.ZodType,
  UpsertTarget extends Target = Target,
>(declaration: DataSourceDeclaration<Target, Insert, Upsert, UpsertTarget>): DataSourceKind {
  const { target, upsertTarget = target, insertRecords, upsertEntities } = declaration;
  const targets = { insertRecords: target, upsertEntities: upsertTarget };
  const operations = writeOperations.filter((operation) => declaration[operation] !== undefined);
  for (const operation of operations) {
    const contract = declaration[operation]?.contract;
    if (contract?.operation !== operation)
      throw new Error(
        `${operation} uses contract ${contract?.name ?? "?"}, whose operation is ${contract?.operation ?? "none"}`,
      );
  }
  return {
    targets: Object.fromEntries(operations.map((operation) => [operation, targets[operation]])),
    // The use case parses the target with the schema that is declared beside the function.
    toSpace: declaration.toSpace as DataSourceKind["toSpace"],
    connect: (connect, context) => ({
      ...(insertRecords && { insertRecords: connectWrite(insertRecords, connect, context) }),
      ...(upsertEntities && { upsertEntities: connectWrite(upsertEntities, connect, context) }),
      cut: (operation, command) =>
        operation === "insertRecords"
          ? cutFor(insertRecords, command, context)
          : cutFor(upsertEntities, command, context),
    }),
  };
}

function connectWrite<Target, Reply extends z.ZodType>(
  { contract, toCall, toReceipt, landed }: WriteKind<Target, Reply>,
  connect: Connect,
  context: DataSourceContext,
): ExecuteWrite {
  const client = connect(contract);
  const findIds = landed?.createFindIds(connect);
  return async ({ target, records, origin, part, receiveLate }, signal) => {
    // The use case parses the target with the schema that is declared beside these functions.
    const command = { target: target as Target, records, part: part?.index ?? 0 };
    const { path, query, headers, body, idempotent, repeatable } = toCall(command, context);
    const receive = (result: ContractResult<z.output<Reply>>): WriteReceipt =>
      verifyReceipt(toReceipt(result, command), { result, records });
    // Every member is named: a spread with members behind it is many times dearer.
    const call = {
      path,
      query,
      headers,
      body,
      origin,
      // The client has parsed the reply with the schema of the contract.
      receiveLate: receiveLate && (async (result) => receiveLate(receive(result as ContractResult<z.output<Reply>>))),
      measures: part?.measures,
      idempotent,
      landedRow: landed?.row,
      repeatable,
    } satisfies Record<keyof ContractCall, unknown> & ContractCall;
    try {
      return receive(await client(call, signal));
    } catch (error) {
      if (!(error instanceof ProviderFailure) || error.details.outcome !== "applied") throw error;
      const ids = await findIds?.({ call, target: command.target, origin }, signal).catch(() => undefined);
      const warnings = ids === undefined ? [lostIdsWarning] : [];
      return { status: "stored", count: records.length, skippedCount: 0, ids, warnings };
    }
  };
}

function cutFor<Target, Reply extends z.ZodType>(
  kind: WriteKind<Target, Reply> | undefined,
  { target, records, origin }: WriteCommand,
  context: DataSourceContext,
): TakePart {
  if (kind === undefined) throw new Error("records are cut for an operation that the provider does not have");
  const { contract, toCall } = kind;
  const { settings } = context;
  const sizeOf = (some: readonly JsonObject[]): number =>
    // As above, the target is parsed.
    compactJsonBytes(toCall({ target: target as Target, records: some, part: 0 }, context).body ?? null);
  const isNear = isNearSizeLimit(contract, { settings, carrierBytes: origin?.carrierBytes });
  return createTakePart(records, { contract, settings, envelope: isNear ? measureEnvelope(sizeOf) : undefined });
}

const lostIdsWarning = "the records are stored, but the reply with their ids was lost";
const unknownIdsWarning = "the records are stored, but the service does not report one id for each";

/**
 * A number that contradicts the request is not believed, and does not turn a success into a failure, unless it says
 * that less was stored. @throws ProviderFailure
 */
function verifyReceipt(
  receipt: Receipt,
  { result, records }: { readonly result: ContractResult<unknown>; readonly records: readonly unknown[] },
): WriteReceipt {
  const { collectionId } = result;
  if (receipt.status === "accepted") {
    const { taskId } = receipt;
    // An echo of the request, or a text that cannot be kept: the task could not be asked for.
    if (result.tell(taskId) !== taskId) throw result.contradict("the id of its task cannot be kept");
    return { ...receipt, collectionId };
  }
  const { count, skippedCount = 0, ids, warnings = [] } = receipt;
  const told = `the service reports ${count} records for the ${records.length} that were sent`;
  if (count + skippedCount < records.length) throw result.contradict(told);
  const isPlausible = count + skippedCount === records.length && (ids === undefined || ids.length === count);
  if (isPlausible) return { status: "stored", count, skippedCount, ids, warnings, collectionId };
  const own = ids?.length === records.length ? ids : undefined;
  const problem = count === records.length ? [unknownIdsWarning] : [told];
  return {
    status: "stored",
    count: records.length,
    skippedCount: 0,
    ids: own,
    warnings: [...warnings, ...problem],
    collectionId,
  };
}
