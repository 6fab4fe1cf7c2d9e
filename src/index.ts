// `recordgate`: what runs the program, and what tests of a client need. A provider's author finds the kit in
// provider.ts.
export { builtInProviders, createApp } from "./app.js";
export type { App, AppOptions, GraphqlAnswer, TypedDocument, UseCases } from "./app.js";
export { OperatorError } from "./core/operator-error.js";
export type { Environment } from "./host/settings/config.js";
export type { Provider } from "./contract/provider.js";
export type { Log } from "./core/log.js";

// For tests of clients and of resolvers: the results and errors of use cases.
export { createTestApp, type TestApp, type TestAppOptions } from "./test-app.js";
export {
  ProviderFailure,
  type FailureKind,
  type ProviderFailureDetails,
  type Violation,
  type WriteOutcome,
} from "./core/failure.js";
export type { WriteReceipt } from "./core/write.js";
export type { PartialReceipt, WrittenPart } from "./application/split-write.js";
export type { Caller, KeyScope } from "./core/access/caller.js";
export type { Clock, IdSource } from "./core/clock.js";
export type { JsonObject, JsonValue } from "./json/value.js";
