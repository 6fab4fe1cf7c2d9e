import { buffer } from "node:stream/consumers";
import type { Book } from "../load/books.js";
import { serveHttp } from "./announce.js";

// Answers the inserts of API v1 as Milvus does, and a GET with the number of records that it has taken.
let count = 0;

serveHttp((request, response) => {
  const answer = (body: unknown): void => {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  if (request.method === "GET") {
    answer(count);
    return;
  }
  void buffer(request).then((bytes) => {
    // The senders are known: they send nothing else.
    const { data } = JSON.parse(bytes.toString()) as { readonly data: readonly Book[] };
    count += data.length;
    answer({ code: 200, data: { insertCount: data.length, insertIds: data.map(({ book_id: id }) => id) } });
  });
});
