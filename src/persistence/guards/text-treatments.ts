import type { AccessKeyStore, NewAccessKey } from "../../core/access/access-key.js";
import type { Claim, ClaimStore } from "../../core/claim.js";
import type { CollectionStore } from "../../core/collection.js";
import type { CredentialStore } from "../../core/access/credential.js";
import type { RecordStore } from "../../core/record.js";
import type { SpaceStore } from "../../core/space.js";
import type { TaskStore } from "../../core/task.js";
import { emptyPage } from "../reading/page.js";
import type { Treatments } from "./guarded-port.js";

export const collectionTexts: Treatments<CollectionStore> = {
  isNew: { nothing: false },
  createCollection: { stored: ({ provider, space, name, alias }) => ({ provider, space: space.name, name, alias }) },
  changeDefinition: "handled-by-method",
  renameCollection: { stored: (_collection, { name, space }) => ({ name, space }) },
  deleteCollection: { nothing: false },
  findSpace: { nothing: undefined },
  anySpaceHas: { nothing: false },
  locate: "handled-by-method",
  findByName: { nothing: undefined },
  collectionsById: "handled-by-method",
  listCollections: { nothing: emptyPage },
};

export const spaceTexts: Treatments<SpaceStore> = {
  createSpace: { stored: ({ provider, name }) => ({ provider, name }) },
  changeSpace: "handled-by-method",
  deleteSpace: { nothing: "absent" },
  listSpaces: { nothing: emptyPage },
};

export const recordTexts: Treatments<RecordStore> = {
  insert: { stored: ({ claim }) => textsOf(claim) },
  upsert: { stored: ({ claim }) => textsOf(claim) },
  replaceMerged: "handled-by-method",
  deleteByKey: "handled-by-method",
  recordsById: "handled-by-method",
  recordsByKey: "handled-by-method",
  listRecords: { nothing: emptyPage },
  recordPages: "handled-by-method",
  countRecords: "handled-by-method",
  reserveNumbers: { stored: (scope) => ({ scope }) },
};

export const taskTexts: Treatments<TaskStore> = {
  enqueue: { stored: ({ id, provider }) => ({ id, provider }) },
  tasksById: "handled-by-method",
  listTasks: { nothing: emptyPage },
  mirror: { stored: ({ id, mirrors }) => ({ id, task: mirrors.id, space: mirrors.space }) },
  pendingMirror: { nothing: undefined },
  finishMirror: { stored: ({ taskId, error }) => ({ taskId, error: error?.message }) },
  pendingTask: { nothing: undefined },
  finish: { stored: ({ taskId, error }) => ({ taskId, error: error?.message }) },
  failurePages: "handled-by-method",
};

export const claimTexts: Treatments<ClaimStore> = {
  findClaim: { nothing: undefined },
  takeClaim: { stored: textsOf },
};

/** Only the hash of a secret is stored, and all lone surrogates would have the same hash. */
export const credentialTexts: Treatments<CredentialStore> = {
  saveCredential: { stored: ({ provider, caller, secret }) => ({ provider, principal: caller.principal, secret }) },
  findCaller: { nothing: undefined },
  findCallers: "handled-by-method",
};

const newKey = {
  stored: ({ name, scopes }: NewAccessKey) => ({
    name,
    ...Object.fromEntries(scopes.map(({ space, provider }, index) => [`scopes.${index}`, `${provider}${space}`])),
  }),
};

export const keyTexts: Treatments<AccessKeyStore> = {
  createKey: newKey,
  createFirstKey: newKey,
  listKeys: "handled-by-method",
  revokeKey: { nothing: false },
  findKey: { nothing: undefined },
};

function textsOf(claim: Claim | undefined): Readonly<Record<string, string | undefined>> {
  return { scope: claim?.scope, key: claim?.key, contentHash: claim?.contentHash };
}
