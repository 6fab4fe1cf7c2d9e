/** The server's privileges that the endpoints require. */
export const privileges = [
  "Insert",
  "Upsert",
  "ShowCollections",
  "CreateCollection",
  "DescribeCollection",
  "DropCollection",
  "Query",
  "Delete",
] as const;
export type Privilege = (typeof privileges)[number];
