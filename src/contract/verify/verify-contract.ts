import { failuresOf, suppliedParameters, type Check, type CheckName } from "../check.js";
import type { Contract, Limit } from "../contract.js";
import { outcomeOf, placeholdersOf } from "../failures/failure-row.js";

/**
 * Verifies rules that types cannot express, and all rules for callers without types.
 * @throws Error at start-up, naming the contract and its fault
 */
export function verifyContract(contract: Contract): void {
  const problems = [
    ...findCallerFaults(contract),
    ...contract.checks.flatMap((check) => findCheckFaults(contract, check)),
    ...findLimitFaults(contract),
  ];
  const [problem] = problems;
  if (problem !== undefined) throw new Error(`contract ${contract.name} ${problem}`);
}

/** The checks that come after that of the caller, where there is one. */
const needsCaller: ReadonlySet<CheckName> = new Set(["scope", "call-rate", "time-limit"]);

function findCallerFaults(contract: Contract): string[] {
  const { checks, requiredScope, dialect } = contract;
  const isPublic = contract.public === true;
  const names = checks.map(({ check }) => check);
  const callerChecks = names.filter((name) => name === "caller").length;
  const early = names.slice(0, names.indexOf("caller")).find((name) => needsCaller.has(name));
  return [
    ...(callerChecks === (isPublic ? 0 : 1)
      ? []
      : [
          `has ${callerChecks} caller checks and is ${isPublic ? "" : "not "}public: it needs exactly one, or none and to be public`,
        ]),
    ...(requiredScope === undefined || dialect.scopes === undefined || dialect.scopes.includes(requiredScope)
      ? []
      : [`requires the scope ${requiredScope}, which its dialect does not have`]),
    ...findScopeFaults(contract),
    ...(callerChecks === 0 || early === undefined ? [] : [`checks ${early} before the caller`]),
  ];
}

/** Without a check every caller would have the scope. */
function findScopeFaults({ checks, requiredScope, scopeCheckedBy, public: isPublic }: Contract): string[] {
  if (requiredScope === undefined) return [];
  if (isPublic) return [`is public and requires the scope ${requiredScope}`];
  const isChecked = checks.some(({ check }) => check === "scope");
  if (isChecked === (scopeCheckedBy === undefined)) return [];
  return [
    `requires the scope ${requiredScope}: ${isChecked ? "both a check and the service check it" : "nothing checks it"}`,
  ];
}

function findCheckFaults({ failures, limits, requiredScope }: Contract, check: Check): string[] {
  if (!Object.hasOwn(suppliedParameters, check.check)) return [`has a check ${check.check}, which does not exist`];
  const supplied: ReadonlySet<string> = new Set([
    ...suppliedParameters[check.check],
    ...(check.check === "query" ? Object.keys(check.parameters ?? {}) : []),
  ]);
  const problems = failuresOf(check).flatMap((name) => {
    const row = failures.find((each) => each.name === name);
    if (row === undefined) return [`has no failure row ${name}`];
    const gap = placeholdersOf(row.message).find((placeholder) => !supplied.has(placeholder));
    if (gap !== undefined)
      return [`checks ${check.check} with the failure row ${name}, whose message asks for {${gap}}`];
    // The time may end after the service has begun.
    return check.check === "time-limit" && outcomeOf(row) !== "unknown"
      ? [`limits the time with the failure row ${name}, whose outcome is ${outcomeOf(row)}`]
      : [];
  });
  if (check.check === "scope" && requiredScope === undefined) problems.push("checks a scope but requires none");
  if (check.check === "limit" && !limits.some(({ name }) => name === check.limit))
    problems.push(`has no limit ${check.limit}`);
  return problems;
}

function findLimitFaults({ limits, checks, operation }: Contract): string[] {
  const unchecked = limits.filter(
    ({ name }) => !checks.some((check) => check.check === "limit" && check.limit === name),
  );
  const repeated = limits.filter(({ name }, index) => limits.slice(0, index).some((other) => other.name === name));
  return [
    ...unchecked.map(({ name }) => `has a limit ${name} that no check names`),
    ...repeated.map(({ name }) => `has two limits ${name}`),
    ...(operation === undefined ? [] : limits.filter(isUncuttable)).map(
      ({ name, unit }) =>
        `has a limit ${name}, whose ${unit} cannot be measured record by record: it needs createGauge`,
    ),
  ];
}

/** A write that is split could not be cut at the limit. */
function isUncuttable({ unit, measure, createGauge }: Limit): boolean {
  return unit !== "records" && measure !== undefined && createGauge === undefined;
}
