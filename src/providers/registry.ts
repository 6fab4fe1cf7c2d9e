export { altatech } from "./altatech/index.js";
