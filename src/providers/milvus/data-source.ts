import type { Provider } from "../../contract/provider.js";
import { createVectorDataSource } from "../../contract/vector/data-source.js";
import { contracts } from "./contract.js";

export const createDataSource: Provider["createDataSource"] = (connect) => createVectorDataSource(contracts, connect);
