import type { Clock, IdSource } from "../../core/clock.js";
import type { PrismaClient } from "../generated/client.js";
import type { JsonSize } from "../reading/json-size.js";
import type { PageKeys } from "../reading/page-keys.js";
import type { Tables } from "../tables.js";

export interface StoreParts {
  readonly prisma: PrismaClient;
  readonly tables: Tables;
  readonly clock: Clock;
  readonly ids: Pick<IdSource, "uuid">;
  readonly pageKeys: PageKeys;
  readonly jsonSize: JsonSize;
}
