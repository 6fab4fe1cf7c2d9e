import { databaseBody, nullAsEmpty } from "../body.js";
import { namedDatabaseBody, newDatabaseBody } from "./companion-bodies.js";
import { ofDefinitions, vectorFailuresV2 as failures } from "../../failures/vector-failures.js";
import { databaseReply, emptyReply, namesReply } from "../replies.js";
import { requiredByValidator, v2Route } from "../required-members.js";
import { defineVectorRoute } from "../route.js";

/** The databases that hold collections. */
export function defineDatabaseContracts(source: string) {
  const route = { ...v2Route, source } as const;
  return {
    listDatabases: defineVectorRoute({
      ...route,
      name: "v2-list-databases",
      summary: "Lists the databases that the caller may see.",
      path: "/v2/vectordb/databases/list",
      requiredScope: "ListDatabases",
      body: nullAsEmpty(databaseBody),
      required: requiredByValidator("DatabaseReq"),
      reply: namesReply,
    }),
    createDatabase: defineVectorRoute({
      ...route,
      name: "v2-create-database",
      summary: "Creates a database.",
      path: "/v2/vectordb/databases/create",
      requiredScope: "CreateDatabase",
      body: nullAsEmpty(newDatabaseBody),
      required: requiredByValidator("DatabaseReqWithProperties", "dbName"),
      reply: emptyReply,
      failures: ofDefinitions(failures),
    }),
    describeDatabase: defineVectorRoute({
      ...route,
      name: "v2-describe-database",
      summary: "Describes a database.",
      path: "/v2/vectordb/databases/describe",
      requiredScope: "DescribeDatabase",
      body: nullAsEmpty(namedDatabaseBody),
      required: requiredByValidator("DatabaseReqRequiredName", "dbName"),
      reply: databaseReply,
    }),
    dropDatabase: defineVectorRoute({
      ...route,
      name: "v2-drop-database",
      summary: "Deletes a database without collections; one that does not exist is not refused.",
      path: "/v2/vectordb/databases/drop",
      requiredScope: "DropDatabase",
      body: nullAsEmpty(namedDatabaseBody),
      required: requiredByValidator("DatabaseReqRequiredName", "dbName"),
      reply: emptyReply,
    }),
  };
}
