import { openFolder } from "../databases.js";

/** A process that opens the folder, reports this, and stays until it is killed. */
const [folder = ""] = process.argv.slice(2);
process.stdout.write("starting\n");
await openFolder(folder);
setInterval(() => undefined, 1000);
