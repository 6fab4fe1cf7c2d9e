import { buffer } from "node:stream/consumers";
import { buildSchema, type DocumentNode, execute, parse, validate } from "graphql";
import { Pool } from "undici";
import type { Book } from "../load/books.js";
import { serveHttp } from "./announce.js";
import { insertSchema } from "./insert-schema.js";

interface Input {
  readonly target: { readonly milvus: { readonly collectionName: string } };
  readonly records: readonly Book[];
}
interface UpstreamReply {
  readonly code: number;
  readonly data: { readonly insertCount: number; readonly insertIds: readonly number[] };
}

const schema = buildSchema(insertSchema);

// As many connections as the program opens to one service by default.
const pool = new Pool(process.env["UPSTREAM"] ?? "", { connections: 32 });
const documents = new Map<string, DocumentNode>();

const rootValue = {
  insertRecords: async ({ input: { target, records } }: { readonly input: Input }) => {
    const { body } = await pool.request({
      method: "POST",
      path: "/v1/vector/insert",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ collectionName: target.milvus.collectionName, data: records }),
    });
    // The upstream process answers nothing else.
    const { code, data } = (await body.json()) as UpstreamReply;
    if (code !== 200) return { __typename: "WriteInternalError", message: `code ${code}` };
    return { __typename: "InsertRecordsSuccess", insertedCount: data.insertCount, ids: data.insertIds };
  },
};

function toDocument(query: string): DocumentNode {
  const known = documents.get(query);
  if (known !== undefined) return known;
  const document = parse(query);
  const [error] = validate(schema, document);
  if (error !== undefined) throw error;
  documents.set(query, document);
  return document;
}

serveHttp((request, response) => {
  void buffer(request).then(async (bytes) => {
    // The load sends nothing else.
    const { query, variables } = JSON.parse(bytes.toString()) as { query: string; variables: { input: Input } };
    const result = await execute({ schema, document: toDocument(query), rootValue, variableValues: variables });
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result));
  });
});
