import { mkdirSync, writeFileSync } from "node:fs";
import { contentHash, isStamped } from "./content-hash.mjs";
import { programOf, runNode } from "../run-program.mjs";

const generatedFolder = "src/persistence/generated";
const stampFile = `${generatedFolder}/.stamp`;
const sources = ["prisma/schema.prisma", "prisma/prisma.config.ts", "package-lock.json"];

/**
 * Writes the Prisma client and answers the exit code. Prisma's command requires an engine that generating does not use,
 * and would download it: any executable satisfies it. The variable is set for this child process only: with it, other
 * Prisma commands do nothing and still exit with 0.
 */
export async function generateClient() {
  const command = [programOf("prisma"), "generate", "--config", "prisma/prisma.config.ts"];
  const { exitCode, output } = await runNode(command, {
    quiet: true,
    environment: {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: "1",
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
    },
  });
  if (exitCode !== 0) {
    process.stderr.write(output);
    return exitCode;
  }
  mkdirSync(generatedFolder, { recursive: true });
  writeFileSync(stampFile, contentHash(sources));
  return 0;
}

/** Does nothing when the client on disk belongs to the present schema. */
export async function ensureClient() {
  return isStamped(stampFile, contentHash(sources)) ? 0 : await generateClient();
}
