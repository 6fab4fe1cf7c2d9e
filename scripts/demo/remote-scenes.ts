import type { WriteOperation } from "../../src/core/write.js";
import type { JsonObject } from "../../src/json/value.js";
import { writeAnswer, writes, type DemoProvider, type WriteResult } from "./answers.js";
import type { ScriptedService } from "./scripted-service.js";
import type { Ask } from "./server.js";

/** One write to a remote provider. */
export interface RemoteRow {
  readonly provider: string;
  readonly operation: WriteOperation;
  readonly sent: string;
  readonly answer: string;
  /** Whether the records may be in the service. */
  readonly outcome: string;
  /** The code of the service. */
  readonly code: string;
  /** The writing requests that reached the service. */
  readonly requests: number;
  readonly resend: boolean;
  /** Whether the outcome is the documented one. */
  readonly asDocumented: boolean;
}

export interface RemoteStage {
  /** Asks a program for which every provider is remote. */
  readonly ask: Ask;
  /** By provider. */
  readonly services: ReadonlyMap<string, ScriptedService>;
}

interface RemoteScene {
  readonly sent: string;
  readonly isSilent?: boolean;
  readonly target: JsonObject;
  readonly isDocumented: (result: WriteResult) => boolean;
}

/** Plays a write, a time-out and a refusal with the first write of each provider; the providers wait side by side. */
export async function playRemote(
  providers: readonly DemoProvider[],
  stage: RemoteStage,
): Promise<readonly RemoteRow[]> {
  const played = providers.map(async (provider) => {
    const rows: RemoteRow[] = [];
    for (const scene of scenesOf(provider)) rows.push(await playOne(provider, scene, stage));
    return rows;
  });
  return (await Promise.all(played)).flat();
}

function scenesOf({ samples: [sample] }: DemoProvider): readonly RemoteScene[] {
  if (sample === undefined) return [];
  const { target, records, absentTarget } = sample;
  const sent = `${records.length} records`;
  return [
    { sent, target, isDocumented: ({ count, task }) => task !== undefined || count === records.length },
    {
      sent: `${sent}, the service is silent`,
      isSilent: true,
      target,
      isDocumented: ({ __typename, outcome }) => __typename === "WriteTimeoutError" && outcome === "UNKNOWN",
    },
    {
      sent: "to an absent target",
      target: absentTarget,
      isDocumented: ({ __typename, outcome }) => __typename === "WriteNotFoundError" && outcome === "NOT_APPLIED",
    },
  ];
}

async function playOne(
  { id, operations: [operation], samples: [sample] }: DemoProvider,
  { sent, isSilent = false, target, isDocumented }: RemoteScene,
  { ask, services }: RemoteStage,
): Promise<RemoteRow> {
  const service = services.get(id);
  if (service === undefined) throw new Error(`no service is behind ${id}`);
  const { name, idempotent } = operation ?? { name: "insertRecords", idempotent: false };
  service.beSilent(isSilent);
  service.takeWrites();
  const input = { target: { [id]: target }, records: sample?.records ?? [] };
  const { result } = writeAnswer.parse(await ask(writes[name], { input }));
  const requests = service.takeWrites();
  return {
    provider: id,
    operation: name,
    sent,
    answer: describeResult(result),
    outcome: result.outcome ?? (result.task === undefined ? "APPLIED" : "PENDING"),
    code: result.upstream?.code ?? "",
    requests,
    resend: result.safeToResend ?? idempotent,
    asDocumented: requests === 1 && isDocumented(result),
  };
}

function describeResult({ __typename, count, task }: WriteResult): string {
  if (task !== undefined) return "accepted";
  return count === undefined ? __typename : `${count} stored`;
}
