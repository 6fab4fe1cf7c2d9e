export const sheetsPath = "/v1.0/notable/bases/{baseId}/sheets";
export const sheetPath = `${sheetsPath}/{sheetIdOrName}` as const;
