// `recordgate/provider`: what the author of a provider needs, in a package of its own.
// A test holds that it has every name that a built-in provider imports.

// The declarations.
export {
  defineAccess,
  defineProvider,
  DefinitionError,
  type AccessKind,
  type CollectionAction,
  type CollectionKind,
  type ImportKind,
  type Provider,
  type RemoteContext,
  type RemoteKind,
  type Sample,
} from "./contract/provider.js";
export { defineContract } from "./contract/define-contract.js";
export {
  maxPageTextLength,
  type Contract,
  type Dialect,
  type Gauge,
  type Limit,
  type WrittenError,
} from "./contract/contract.js";
export type { CallCount, Check, CheckName, ShapeRefusal } from "./contract/check.js";
export {
  defineDataSource,
  type DataSource,
  type DataSourceContext,
  type DataSourceKind,
  type WriteTargets,
} from "./contract/data-source.js";
export type { ContractCall, ContractResult } from "./contract/call.js";
export { defineVectorProvider } from "./vector/define-vector-provider.js";

// Failures.
export {
  defineFailures,
  extendFailures,
  type FailureTable,
  type ServiceFailureForms,
  type ServiceFailureNames,
  type RowNameWithin,
} from "./contract/failures/failure-table.js";
export {
  createRefusal,
  documentedBy,
  RefusalError,
  type FailureRow,
  type MessageParameters,
  type Recognition,
  type RefusalBy,
  type RowDeclaration,
} from "./contract/failures/failure-row.js";
export { findBodyFault, refuseBodyAs, toBodyViolation, type BodyFault } from "./contract/failures/body-refusal.js";
export {
  ProviderFailure,
  type FailureKind,
  type ProviderFailureDetails,
  type RetryRule,
  type Violation,
  type WriteOutcome,
} from "./core/failure.js";

// Callers, limits, requests and replies.
export {
  bearer,
  grantedSpaces,
  grantedWith,
  nowhere,
  principalOf,
  unlimitedCaller,
  type Authorization,
  type CredentialScheme,
} from "./contract/credentials.js";
export { defineRemoteTasks, type AskedTask, type AskTask, type RemoteTasks } from "./contract/tasks/remote-tasks.js";
export type { ReportedFailure, TaskEnd, TaskReport } from "./contract/tasks/task-end.js";
export type { CredentialSource } from "./contract/credential-source.js";
export { ConfigError } from "./core/operator-error.js";
export { hasGrant, hasScope, type KeyOperation, type ProviderCaller } from "./core/access/caller.js";
export { matchesSpaceName, type SpaceFilter, type SpacePattern } from "./core/access/visibility.js";
export type { NewCredential } from "./core/access/credential.js";
export { countIn, mebibyte } from "./contract/limits.js";
export {
  readParameter,
  valueOf,
  type ContractReply,
  type ContractRequest,
  type Headers,
  type Method,
  type Query,
  type RequestBody,
} from "./contract/message.js";
export { encodableText, pathSegment, type PathParameters } from "./contract/paths.js";
export { listOf } from "./contract/schema/list-of.js";
export { findRepeated } from "./contract/schema/repeated.js";

// The service and its store.
export {
  endpoint,
  type CallOf,
  type Endpoint,
  type ServiceCall,
  type ServiceContext,
  type ServiceReply,
} from "./contract/service.js";
export { repeatWhileStale } from "./contract/repeat-while-stale.js";
export { writeLocated } from "./contract/write-located.js";
export type {
  ProviderClaims,
  ProviderCollections,
  ProviderCredentials,
  ProviderRecords,
  ProviderStore,
  ProviderTasks,
} from "./contract/provider-store.js";
export type { CollectionLookUps } from "./contract/remembered-look-ups.js";
export type { Claim } from "./core/claim.js";
export type { Clock, IdSource } from "./core/clock.js";
export type {
  BatchOutcome,
  Collection,
  CollectionVersion,
  LocatedVersion,
  NewCollection,
  Space,
} from "./core/collection.js";
export { isPageKey, type Page, type PageRequest } from "./core/page.js";
export type {
  NewRecord,
  NewRecords,
  RecordBatch,
  RecordPageRequest,
  StoredRecord,
  UpsertBatch,
  WriteBatch,
} from "./core/record.js";
export type {
  NewTask,
  PendingTask,
  Task,
  TaskError,
  TaskFailure,
  TaskResult,
  TaskState,
  UniqueValue,
} from "./core/task.js";
export type { AcceptedReceipt, StoredReceipt, WriteCommand, WriteOperation, WriteReceipt } from "./core/write.js";
export { sha256 } from "./core/sha256.js";
export { visitInTurns } from "./core/turns.js";

// JSON values: whole numbers beyond 2^53 are bigint, and a value that the store cannot keep is found.
export { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "./json/value.js";
export { nestsTooDeeply } from "./json/depth.js";
export { toInt64 } from "./json/int64.js";
export { isRoundedToWhole, toDigits, toPlainDecimal, wholeDigits } from "./json/number-text.js";
export { quoteText, shorten } from "./json/quote.js";
export { roundedIn } from "./json/rounded.js";
export { explainUnstorable, findUnstorable, findUnstorableText, maxDepth, type Unstorable } from "./json/storable.js";
export { showValue, stringifyJson } from "./json/stringify.js";
export { textAt } from "./json/text-at.js";
