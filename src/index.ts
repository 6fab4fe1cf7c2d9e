export { builtInProviders, createApp } from "./app.js";
export type { App, AppOptions, GraphqlAnswer, TypedDocument, UseCases } from "./app.js";
export { OperatorError } from "./core/operator-error.js";

// For tests of clients and of resolvers: the results and errors of use cases.
export { createTestApp, type TestApp, type TestAppOptions } from "./test-app.js";
export { ProviderFailure, type ProviderFailureDetails } from "./core/failure.js";
export type { WriteReceipt } from "./core/write.js";
export type { Caller } from "./core/caller.js";
export type { Clock, IdSource } from "./core/clock.js";

// For providers in packages of their own.
export { defineAccess, DefinitionError, defineProvider, type AccessKind, type CollectionKind, type Provider, type Sample, type ServiceContext } from "./contract/provider.js";
export type { ProviderStore } from "./contract/provider-store.js";
export type { Check, ShapeRefusal } from "./contract/check.js";
export { refuseBodyAs } from "./contract/failures/body-refusal.js";
export { countIn } from "./contract/limits.js";
export { repeatWhileStale } from "./contract/repeat-while-stale.js";
export { textAt } from "./json/text-at.js";
export { hasGrant } from "./core/caller.js";
export type { Contract, Dialect, Limit } from "./contract/contract.js";
export { defineContract } from "./contract/define-contract.js";
export { bearer, type CredentialScheme } from "./contract/credentials.js";
export { defineFailures, extendFailures, type FailureTable } from "./contract/failures/failure-table.js";
export { documentedBy, RefusalError, type FailureRow } from "./contract/failures/failure-row.js";
export { endpoint, type Endpoint, type ServiceCall, type ServiceReply } from "./contract/service.js";
export { defineDataSource, type DataSource, type DataSourceKind } from "./contract/data-source.js";
export type { JsonObject, JsonValue } from "./json/value.js";
