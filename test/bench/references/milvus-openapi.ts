/** The insert of Milvus' API v1 as an OpenAPI document; rows are any JSON. */
export function toMilvusOpenapi(url: string): object {
  const json = (schema: object): object => ({ content: { "application/json": { schema } } });
  const reply = {
    type: "object",
    required: ["code"],
    properties: {
      code: { type: "integer" },
      message: { type: "string" },
      data: {
        type: "object",
        properties: { insertCount: { type: "integer" }, insertIds: { type: "array", items: { type: "integer" } } },
      },
    },
  };
  const body = {
    type: "object",
    required: ["collectionName", "data"],
    properties: { dbName: { type: "string" }, collectionName: { type: "string" }, data: { type: "array", items: {} } },
  };
  const insert = {
    operationId: "insertRows",
    requestBody: { required: true, ...json(body) },
    responses: { "200": { description: "the result of the insert", ...json(reply) } },
  };
  return {
    openapi: "3.0.3",
    info: { title: "Milvus", version: "1" },
    servers: [{ url }],
    paths: { "/v1/vector/insert": { post: insert } },
  };
}
