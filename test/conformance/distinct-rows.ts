import type { Contract } from "../../src/contract/contract.js";
import type { FailureRow } from "../../src/contract/failures/failure-row.js";

/** A failure row that one or more contracts of the provider have. */
export interface DistinctRow {
  readonly label: string;
  readonly row: FailureRow;
  /** One contract for each table that has the row. */
  readonly contracts: readonly Contract[];
}

export function distinctRows(contracts: readonly Contract[]): readonly DistinctRow[] {
  const found = new Map<string, { readonly row: FailureRow; readonly byTable: Map<string, Contract> }>();
  for (const contract of contracts) {
    const table = keyOf(contract.failures);
    for (const row of contract.failures) {
      const key = keyOf(row);
      const known = found.get(key) ?? { row, byTable: new Map<string, Contract>() };
      found.set(key, known);
      if (!known.byTable.has(table)) known.byTable.set(table, contract);
    }
  }
  return [...found.values()].map(({ row, byTable }) => {
    const [first] = byTable.values();
    return { label: `${row.name} of ${first?.name}`, row, contracts: [...byTable.values()] };
  });
}

function keyOf(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => (member instanceof RegExp ? String(member) : member));
}
