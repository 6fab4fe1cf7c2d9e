export { createApp, type App, type AppOptions, type GraphqlAnswer, type UseCases } from "./app.js";
export { StartProblem } from "./start-problem.js";
export { createTestApp, type TestApp, type TestAppOptions } from "./test-app.js";
