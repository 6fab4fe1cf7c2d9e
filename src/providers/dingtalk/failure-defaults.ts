export const dingtalkInvalid = { kind: "invalid-input" } as const;
export const dingtalkDenied = { kind: "permission-denied" } as const;
export const dingtalkNotFound = { kind: "not-found" } as const;
export const dingtalkUnauthenticated = { kind: "unauthenticated" } as const;
export const dingtalkNotReady = { kind: "not-ready", retry: "yes" } as const;
export const dingtalkRateLimited = { kind: "rate-limited", retry: "yes" } as const;
export const dingtalkUnsure = { retry: "only-if-idempotent" } as const;

// The documents behind the rows.
export const insertPage = "DingTalk Open Platform, AI Table (Notable) v1, insert records: error codes";
export const globalCodes =
  "DingTalk Open Platform, global error codes (https://help.dingtalk.io/open/development/server-api-error-codes-1)";
export const callFrequency = "DingTalk Open Platform, global error codes and call frequency";
