/** The part of the program's schema that an insert of the load needs. */
export const insertSchema = `
  scalar JSONObject
  input MilvusTarget { collectionName: String! dbName: String }
  input InsertTarget { milvus: MilvusTarget }
  input InsertRecordsInput { target: InsertTarget! records: [JSONObject!]! }
  interface WriteError { message: String! }
  type WriteInternalError implements WriteError { message: String! }
  type InsertRecordsSuccess { insertedCount: Int! ids: [ID!]! }
  union InsertRecordsResult = InsertRecordsSuccess | WriteInternalError
  type Query { ready: Boolean! }
  type Mutation { insertRecords(input: InsertRecordsInput!): InsertRecordsResult! }
`;
