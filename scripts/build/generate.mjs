import { ensureClient, generateClient } from "./generated-client.mjs";

process.exitCode = process.argv.includes("--if-stale") ? await ensureClient() : await generateClient();
