export { zilliz } from "./zilliz/index.js";
export { milvus } from "./milvus/index.js";
export { altatech } from "./altatech/index.js";
export { dingtalk } from "./dingtalk/index.js";
export { redivis } from "./redivis/index.js";
