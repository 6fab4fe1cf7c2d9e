import "./promise-with-resolvers.js";
import { createServer } from "node:http";
import pg from "pg";
import { loadPeer } from "../peers/load.js";
import { announceServer } from "./announce.js";

type Server = ReturnType<typeof createServer>;
interface Postgraphile {
  readonly postgraphile: (preset: object) => {
    readonly createServ: (grafserv: unknown) => { readonly addTo: (server: Server) => Promise<void> };
  };
}

// PostGraphile 5 in library mode, with its base preset.
const { postgraphile } = loadPeer<Postgraphile>("postgraphile");
const { PostGraphileAmberPreset } = loadPeer<{ readonly PostGraphileAmberPreset: object }>(
  "postgraphile/presets/amber",
);
const { makePgService } = loadPeer<{ readonly makePgService: (options: object) => object }>("postgraphile/adaptors/pg");
const { grafserv } = loadPeer<{ readonly grafserv: unknown }>("postgraphile/grafserv/node");

// As many connections as the program opens by default.
const pool = new pg.Pool({ connectionString: process.env["DATABASE_URL"], max: 10 });
const served = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ pool, schemas: ["public"] })],
  grafserv: { maxRequestLength: 200_000_000, watch: false },
}).createServ(grafserv);

const server = createServer();
await served.addTo(server);
announceServer(server);
