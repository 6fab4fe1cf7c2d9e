/** The SQLSTATE of a value that another row has. */
export const uniqueViolation = "23505";

const maxConflictAttempts = 10;

/** The SQLSTATE of a PostgreSQL error, from any adapter and call. */
export function sqlStateOf(error: unknown): string | undefined {
  const cause = driverCauseOf(error);
  return typeof cause === "object" &&
    cause !== null &&
    "originalCode" in cause &&
    typeof cause.originalCode === "string"
    ? cause.originalCode
    : undefined;
}

/** Deadlock or serialization failure: PostgreSQL has rolled the transaction back, and a repeat may succeed. */
export function isConflict(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === "40P01" || state === "40001";
}

/** 26000, 42P05: the session does not know the name of a statement, or has it already. 0A000: its plan is outdated. */
const nameProblems: ReadonlySet<string | undefined> = new Set(["26000", "42P05", "0A000"]);

/** PostgreSQL refuses the name of a prepared statement, before it does anything. */
export function isNameProblem(error: unknown): boolean {
  return nameProblems.has(sqlStateOf(error));
}

export async function repeatConflicts<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (!(isConflict(error) || isNameProblem(error)) || attempt === maxConflictAttempts) throw error;
      // A random pause, in milliseconds, keeps two transactions from colliding again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
    }
  }
}

function driverCauseOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  if (error.name === "DriverAdapterError") return error.cause;
  if (!("meta" in error) || typeof error.meta !== "object" || error.meta === null) return undefined;
  return "driverAdapterError" in error.meta ? driverCauseOf(error.meta.driverAdapterError) : undefined;
}
