import type { SqlQueryable } from "@prisma/driver-adapter-utils";
import type { Clock, IdSource } from "../../core/clock.js";
import type { RequestScope } from "../../core/request-scope.js";
import type { PrismaClient } from "../generated/client.js";
import type { JsonSize } from "../reading/json-size.js";
import type { PageKeys } from "../reading/page-keys.js";
import type { Tables } from "../tables.js";

/** What the stores of all requests have in common. */
export interface StoreParts {
  readonly prisma: PrismaClient;
  /** Below `prisma`, for the statements that write records. */
  readonly adapter: Pick<SqlQueryable, "queryRaw" | "executeRaw">;
  readonly tables: Tables;
  readonly clock: Clock;
  readonly ids: Pick<IdSource, "uuid">;
  readonly pageKeys: PageKeys;
  readonly jsonSize: JsonSize;
}

export interface ScopedParts extends StoreParts {
  /** The request whose calls the stores carry out. */
  readonly scope: RequestScope;
}
