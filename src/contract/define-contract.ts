import type { z } from "zod";
import type { KeyOperation } from "../core/access/caller.js";
import type { WriteOperation } from "../core/write.js";
import type { Check } from "./check.js";
import type { Contract, Dialect, Limit } from "./contract.js";
import { findDeclaredRow } from "./failures/row-of-reply.js";
import type { FailureTable } from "./failures/failure-table.js";
import type { FailureRow } from "./failures/failure-row.js";
import { gatewayFailures } from "./failures/gateway-failures.js";
import type { ContractReply } from "./message.js";
import { verifyContract } from "./verify/verify-contract.js";

interface ContractDeclaration<
  Body extends z.ZodType,
  Reply extends z.ZodType,
  Path extends string,
  Row extends FailureRow,
  LimitName extends string,
  Scope extends string,
  Checks extends readonly Check<Row, LimitName>[],
> extends Omit<
  Contract<Body, Reply, Path>,
  | "dialect"
  | "operation"
  | "keyOperation"
  | "requiredScope"
  | "limits"
  | "checks"
  | "public"
  | "failures"
  | "serviceFailures"
> {
  readonly dialect: Dialect<Scope>;
  readonly requiredScope?: NoInfer<Scope>;
  readonly limits: readonly Limit<LimitName>[];
  readonly checks: Checks;
  readonly failures: FailureTable<Row>;
}

/** A contract of a write needs the right to write; every other contract says which right it needs. */
type KeyedOperation =
  | { readonly operation?: WriteOperation; readonly keyOperation: KeyOperation }
  | { readonly operation: WriteOperation; readonly keyOperation?: undefined };

/** A contract either has a caller check or is `public`. */
type Openness<Checks extends readonly Check[]> = [Extract<Checks[number], { readonly check: "caller" }>] extends [never]
  ? { readonly public: true }
  : { readonly public?: never };

/** @throws Error at start-up when the parts of the contract do not fit */
export function defineContract<
  Body extends z.ZodType,
  Reply extends z.ZodType,
  const Path extends string,
  Row extends FailureRow,
  LimitName extends string,
  Scope extends string,
  const Checks extends readonly Check<Row, LimitName>[],
>(
  declaration: ContractDeclaration<Body, Reply, Path, Row, LimitName, Scope, Checks> &
    Openness<Checks> &
    KeyedOperation,
): Contract<Body, Reply, Path> {
  const { rows, serviceFailures } = declaration.failures;
  const isOwn = (row: FailureRow): boolean =>
    rows.some(({ name }) => name === row.name) || findDeclaredRow(declaration, rows, asWritten(row)) !== undefined;
  const contract = {
    ...declaration,
    keyOperation: declaration.keyOperation ?? "write",
    failures: [...rows, ...gatewayFailures.filter((row) => !isOwn(row))],
    serviceFailures,
  };
  verifyContract(contract);
  return contract;
}

function asWritten({ status, message }: FailureRow): ContractReply {
  return { status, headers: {}, body: message };
}
