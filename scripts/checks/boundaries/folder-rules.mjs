import { forbid } from "./forbid.mjs";

/**
 * The folders of src that a folder may import besides itself. A folder without an entry fails.
 * @type {Record<string, readonly string[]>}
 */
const arrows = {
  json: [],
  core: ["json"],
  contract: ["core", "json"],
  vector: ["contract", "core", "json"],
  providers: ["vector", "contract", "core", "json"],
  application: ["contract", "core", "json"],
  persistence: ["core", "json"],
  graphql: ["application", "contract", "core", "json"],
  http: ["application", "contract", "core", "json"],
  host: ["application", "contract", "core", "json"],
  playground: [],
};

/**
 * The rooms of a folder that a room may import besides itself. A file beside the rooms is not restricted.
 * @type {Record<string, Record<string, readonly string[]>>}
 */
const rooms = {
  http: { front: [], load: [] },
  vector: {
    definition: [],
    failures: [],
    values: ["definition", "failures"],
    collection: ["values", "definition", "failures"],
    wire: ["collection", "values", "definition", "failures"],
    service: ["wire", "collection", "values", "definition", "failures"],
  },
};

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
export const folderRules = [
  ...Object.entries(arrows).map(([folder, targets]) =>
    forbid(
      `arrows-of-${folder}`,
      `${folder} imports ${["itself", ...targets].join(", ")} and nothing else of ours.`,
      { path: `^src/${folder}/` },
      { path: "^src/", pathNot: [folder, ...targets].map((name) => `^src/${name}/`) },
    ),
  ),
  ...Object.entries(rooms).flatMap(([folder, arrowsOfRooms]) =>
    Object.entries(arrowsOfRooms).map(([room, targets]) =>
      forbid(
        `arrows-of-${folder}-${room}`,
        `Within ${folder}, ${room} imports ${["itself", ...targets].join(", ")} and nothing else.`,
        { path: `^src/${folder}/${room}/` },
        { path: `^src/${folder}/`, pathNot: [room, ...targets].map((name) => `^src/${folder}/${name}/`) },
      ),
    ),
  ),
  forbid(
    "folder-without-arrows",
    "A new folder of src needs an entry in this list.",
    { path: "^src/", pathNot: [`^src/(${Object.keys(arrows).join("|")})/`, "^src/[^/]+$"] },
    { path: "^src/" },
  ),
  forbid(
    "only-the-process-imports-app",
    "app.ts is imported by the process, the public entries, tests and scripts.",
    { path: "^src/", pathNot: "^src/(main|index|test-app)[.]ts$" },
    { path: "^src/app[.]ts$" },
  ),
  forbid("nothing-imports-main", "The process is started, never imported.", {}, { path: "^src/main[.]ts$" }),
  forbid(
    "arrows-of-config",
    "config.ts merges the settings that it receives.",
    { path: "^src/host/config[.]ts$" },
    {
      path: "^src/",
      pathNot: "^src/(core|json|contract|host)/",
    },
  ),
  forbid(
    "sides-only-in-app",
    "Only app.ts and its parts, app-*.ts, see every side.",
    { path: "^src/[^/]+$", pathNot: ["^src/app[.]ts$", "^src/app-[a-z]+[.]ts$"] },
    { path: "^src/(graphql|http|persistence|providers)/" },
  ),
];
