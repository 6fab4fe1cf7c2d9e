import type { ContractReply, ContractRequest, RequestBody, Transport } from "../../../src/contract/message.js";
import * as original from "../../../src/contract/server/router.js";
import { stringifyJson } from "../../../src/json/stringify.js";
import { isJsonObject } from "../../../src/json/value.js";
import { needles, noteTold } from "../scan.js";

export * from "../../../src/contract/server/router.js";

/** Every call of an embedded service passes here. */
export function createRouter(options: original.RouterOptions): Transport {
  const router = original.createRouter(options);
  return async (request, signal) => {
    needles.noteCredentials(request.headers);
    const reply = await router({ ...request, body: watchBody(request.body) }, signal);
    if (tellsFailure(reply)) noteTold("error", stringifyJson(reply.body ?? null));
    return reply;
  };
}

function watchBody(body: RequestBody): ContractRequest["body"] {
  noteRecordsOf(body);
  if (body.kind !== "pending") return body;
  return {
    ...body,
    receive: async () => {
      const received = await body.receive();
      noteRecordsOf(received);
      return received;
    },
  };
}

/** The members in which the contracts have records. */
const recordMembers = ["data", "rows", "records"] as const;

function noteRecordsOf(body: RequestBody): void {
  if (body.kind !== "value" || !isJsonObject(body.value)) return;
  for (const name of recordMembers) needles.noteRecords(body.value[name]);
}

/** Some contracts answer failures with a status of success. */
function tellsFailure({ status, body }: ContractReply): boolean {
  return status >= 400 || (isJsonObject(body) && ("message" in body || "errmsg" in body));
}
