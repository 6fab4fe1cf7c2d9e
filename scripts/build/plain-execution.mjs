// Stands in the bundle for the module by which Apollo finds out in every request that graphql is not of version 17.
export { execute as executeIncrementally } from "graphql";
