import { brokenUtf8, hostileHeaders, hostileJson, hostileQueries, hostileSegments, methods } from "./hostile.js";
import type { Random } from "./random.js";

/** A request before it is written as bytes. */
export interface FuzzRequest {
  readonly method: string;
  /** The path prefix of the face; it is not mutated. */
  readonly mount: string;
  /** The rest of the path, with the query. */
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer | undefined;
}

type Mutation = (request: FuzzRequest, random: Random) => FuzzRequest;

const longestBody = 200_000;

const bodyMutations: readonly Mutation[] = [
  (request, random) =>
    withBody(request, (body) =>
      splice(body, random.below(body.length + 1), random.below(12), Buffer.from(random.pick(hostileJson))),
    ),
  (request, random) =>
    withBody(request, (body) => splice(body, random.below(body.length + 1), random.below(40), Buffer.alloc(0))),
  (request, random) =>
    withBody(request, (body) => splice(body, random.below(body.length + 1), 0, random.pick(brokenUtf8))),
  (request, random) => withBody(request, (body) => body.subarray(0, random.below(body.length + 1))),
  (request, random) => withBody(request, (body) => repeatPart(body, random)),
  replaceValue,
  replaceValue,
  replaceValue,
  (request, random) => ({ ...request, body: Buffer.from(random.pick(hostileJson)) }),
  (request) => ({ ...request, body: undefined }),
];

const headerMutations: readonly Mutation[] = [
  (request, random) => ({
    ...request,
    headers: [...request.headers.filter(([name]) => !name.startsWith("x-acs")), random.pick(hostileHeaders)],
  }),
  (request, random) => setHeader(request, random.pick(hostileHeaders)),
  (request, random) => setHeader(request, random.pick(hostileHeaders)),
  (request, random) => ({ ...request, headers: request.headers.filter(() => random.chance(0.6)) }),
];

const pathMutations: readonly Mutation[] = [
  (request, random) =>
    withSegments(request, (segments) => segments.with(random.below(segments.length), random.pick(hostileSegments))),
  (request, random) =>
    withSegments(request, (segments) =>
      segments.toSpliced(random.below(segments.length + 1), 0, random.pick(hostileSegments)),
    ),
  (request, random) => withSegments(request, (segments) => segments.toSpliced(random.below(segments.length), 1)),
  (request, random) => ({
    ...request,
    target: `${request.target}${request.target.includes("?") ? "&" : "?"}${random.pick(hostileQueries)}`,
  }),
  (request, random) => ({ ...request, target: `${request.target.split("?")[0] ?? ""}?${random.pick(hostileQueries)}` }),
  (request, random) => ({ ...request, method: random.pick(methods) }),
];

const kinds: readonly (readonly Mutation[])[] = [
  bodyMutations,
  bodyMutations,
  bodyMutations,
  headerMutations,
  pathMutations,
];

/** Applies up to three mutations to body, headers and path; now and then none. */
export function mutate(request: FuzzRequest, random: Random): FuzzRequest {
  let mutated = request;
  for (let left = random.below(4); left > 0; left -= 1) mutated = random.pick(random.pick(kinds))(mutated, random);
  return mutated;
}

function withBody(request: FuzzRequest, change: (body: Buffer) => Buffer): FuzzRequest {
  return request.body === undefined ? request : { ...request, body: change(request.body).subarray(0, longestBody) };
}

function splice(body: Buffer, at: number, length: number, inserted: Buffer): Buffer {
  return Buffer.concat([body.subarray(0, at), inserted, body.subarray(at + length)]);
}

function repeatPart(body: Buffer, random: Random): Buffer {
  const from = random.below(body.length + 1);
  const part = body.subarray(from, from + random.below(200));
  return splice(body, from, 0, part);
}

/** Replaces one value of the JSON, so that the result is mostly well-formed. */
function replaceValue(request: FuzzRequest, random: Random): FuzzRequest {
  return withBody(request, (body) => {
    const text = body.toString("latin1");
    const values = [...text.matchAll(/(?<=[:[,]\s*)(?:"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|\{\}|\[\])/g)];
    if (values.length === 0) return body;
    const { index, 0: found } = random.pick(values);
    return splice(body, index, found.length, Buffer.from(random.pick(hostileJson)));
  });
}

function setHeader(request: FuzzRequest, [name, value]: readonly [string, string]): FuzzRequest {
  return { ...request, headers: [...request.headers.filter(([other]) => other !== name), [name, value]] };
}

function withSegments(request: FuzzRequest, change: (segments: string[]) => string[]): FuzzRequest {
  const [path = "", ...query] = request.target.split("?");
  const [, ...segments] = path.split("/");
  if (segments.length === 0) return request;
  return { ...request, target: ["", ...change(segments)].join("/") + query.map((each) => `?${each}`).join("") };
}
