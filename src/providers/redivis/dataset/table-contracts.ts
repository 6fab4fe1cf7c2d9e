import { z } from "zod";
import { defineContract } from "../../../contract/define-contract.js";
import { bodilessContract, tablePath } from "../resource-contract.js";

const tableResource = z.object({ uri: z.string(), name: z.string(), numRows: z.number().nullish() });

export const getTableContract = defineContract({
  ...bodilessContract,
  name: "getTable",
  keyOperation: "read",
  summary: "Describes a table.",
  method: "GET",
  path: tablePath,
  reply: tableResource,
});

export const headTableContract = defineContract({
  ...bodilessContract,
  name: "headTable",
  keyOperation: "read",
  summary: "Answers whether a table exists.",
  method: "HEAD",
  path: tablePath,
  reply: z.unknown(),
});

export const tableContracts = [getTableContract, headTableContract] as const;
