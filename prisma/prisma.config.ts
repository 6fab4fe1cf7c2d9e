import { defineConfig } from "prisma/config";

/** No datasource: the program applies migrations itself, `scripts/migration.ts` writes them. */
export default defineConfig({ schema: "schema.prisma", migrations: { path: "migrations" } });
