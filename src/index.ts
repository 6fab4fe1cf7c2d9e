export { createApp, StartProblem, type App, type AppOptions, type GraphqlAnswer, type UseCases } from "./app.js";
export { createTestApp, type TestApp, type TestAppOptions } from "./test-app.js";
