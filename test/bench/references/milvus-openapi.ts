interface Insert {
  readonly url: string;
  readonly path: string;
  /** A response that a mock gives. */
  readonly example?: object;
}

/** An insert of Milvus as an OpenAPI document; rows are any JSON. */
export function toMilvusOpenapi({ url, path, example }: Insert): object {
  const json = (content: object): object => ({ content: { "application/json": content } });
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
    requestBody: { required: true, ...json({ schema: body }) },
    responses: {
      "200": {
        description: "the result of the insert",
        ...json({ schema: reply, ...(example !== undefined && { example }) }),
      },
    },
  };
  return {
    openapi: "3.0.3",
    info: { title: "Milvus", version: "1" },
    servers: [{ url }],
    paths: { [path]: { post: insert } },
  };
}
