import type { Provider } from "../../contract/provider.js";
import { createVectorService } from "../../vector/service/service.js";
import { contracts } from "./contract.js";

export const createService: Provider["createService"] = (context) => createVectorService(contracts, context);
