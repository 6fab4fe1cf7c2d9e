import type { IncomingMessage, RequestListener } from "node:http";
import { faultHeader } from "../contract/server/faults.js";
import type { ContractReply } from "../contract/message.js";
import { deadlineHeader } from "./deadline.js";
import { ownOverloadReply, toOwnReply, toResponseText, type OwnError } from "./early-reply.js";
import { isOwnName, readAuthority, type Authority } from "./front/authority.js";
import {
  type AnswerHeaders,
  crossOriginHeaders,
  isPreflight,
  preflightHeaders,
  withoutCrossOrigin,
} from "./front/cross-origin.js";
import type { FrontedResponse } from "./front/fronted-response.js";
import { mayChange, standingOf, type Standing } from "./front/standing.js";
import type { FrontedListener } from "./front/node-servers.js";
import { readTarget, toOriginForm, type Target } from "./front/target.js";
import type { RequestsInFlight } from "./load/requests-in-flight.js";
import { graphqlPath, healthPath } from "./program-paths.js";
import type { RestFace, RestFaces } from "./rest-faces.js";

/** The names and origins that the server trusts. */
export interface FrontRules {
  /**
   * Whether requests can succeed without a credential. A browser sends such requests for any page, so they are judged
   * by the name that they address and by the page that they come from.
   */
  readonly ambient: boolean;
  readonly allowedHosts: readonly string[];
  readonly corsOrigins: readonly string[];
}

interface FrontOptions {
  readonly rules: FrontRules;
  readonly faces: RestFaces;
  readonly inFlight: RequestsInFlight;
  /** Collects the requests whose answers no other origin may read. */
  readonly hidden: WeakSet<IncomingMessage>;
  /** Whether the server takes no further request of a connection. */
  readonly isClosing: () => boolean;
  /** Serves the requests that are accepted. */
  readonly next: RequestListener;
}

interface Arrived {
  readonly request: IncomingMessage;
  readonly response: FrontedResponse;
  readonly target: Target;
  readonly standing: Standing;
  readonly face: RestFace | undefined;
}

const graphqlRequestHeaders = [
  "content-type",
  "authorization",
  "apollo-require-preflight",
  "x-apollo-operation-name",
  deadlineHeader,
  faultHeader,
].join(", ");

/** Judges every request before the framework and the faces see it: where it goes, where it comes from, the room left. */
export function createFrontListener({
  rules,
  faces,
  inFlight,
  hidden,
  isClosing,
  next,
}: FrontOptions): FrontedListener {
  const { ambient } = rules;
  const allowedHosts = new Set(rules.allowedHosts);
  const corsOrigins = new Set(rules.corsOrigins);

  return (request, response) => {
    const target = readTarget(request.url);
    // The authority is judged here and nothing behind reads it.
    request.url = toOriginForm(target);
    const authority = readAuthority(request, { authority: target.authority, optional: target.path === healthPath });
    const named = typeof authority === "string" ? undefined : authority;
    const standing = standingOf(request.headers, { authority: named, corsOrigins });
    const arrived = { request, response, target, standing, face: faces.faceAt(target.path) };
    if (ambient && standing === "foreign") hidden.add(request);
    response.front = { headers: frontHeaders(arrived), isLast: isClosing };
    const problem = findProblem(arrived, authority);
    if (problem !== undefined) refuse(arrived, problem);
    else if (target.path !== healthPath && !inFlight.enter(response)) refuseForLoad(arrived);
    else if (isForUs(arrived)) answerPreflight(arrived);
    else next(request, response);
  };

  function findProblem(
    { request, standing }: Arrived,
    authority: Authority | string | undefined,
  ): OwnError | undefined {
    if (typeof authority === "string") return { status: 400, code: "BAD_REQUEST", message: authority };
    if (!ambient) return undefined;
    if (authority !== undefined && !isOwnName(authority, allowedHosts)) return misdirected;
    return standing === "foreign" && mayChange(request.method) ? crossSite : undefined;
  }

  /** With authorization the contracts alone decide which pages read the answers of their faces. */
  function isGoverned({ target }: Arrived): boolean {
    return ambient || target.path === graphqlPath;
  }

  function frontHeaders(arrived: Arrived): AnswerHeaders {
    const { request, standing } = arrived;
    const { origin } = request.headers;
    if (!isGoverned(arrived) || (!ambient && corsOrigins.size === 0)) return alwaysHeaders;
    if (origin !== undefined && (standing === "own" || standing === "listed"))
      return { ...variedHeaders, ...crossOriginHeaders(origin) };
    return variedHeaders;
  }

  function isForUs(arrived: Arrived): boolean {
    const { request, standing, face } = arrived;
    return standing === "listed" && isGoverned(arrived) && isPreflight(request) && face?.answersPreflights !== true;
  }

  function refuse(arrived: Arrived, error: OwnError): void {
    const { status, message } = error;
    send(arrived, arrived.face?.answerUnreadable({ problem: message, status }) ?? toOwnReply(error));
  }

  function refuseForLoad(arrived: Arrived): void {
    send(arrived, arrived.face?.answerOverload() ?? ownOverloadReply());
  }

  function send({ request, response }: Arrived, reply: ContractReply): void {
    const text = toResponseText(reply.body) ?? "";
    const headers = hidden.has(request) ? withoutCrossOrigin(reply.headers) : reply.headers;
    response.writeHead(reply.status, { ...headers, "content-length": Buffer.byteLength(text) }).end(text);
  }
}

const alwaysHeaders: AnswerHeaders = { "x-content-type-options": "nosniff" };

/** A page could otherwise read the answer to a request without Origin from the cache of its browser. */
const variedHeaders: AnswerHeaders = { ...alwaysHeaders, vary: "Origin" };

/** 421: the server is not configured to answer for this name (RFC 9110, section 15.5.20). */
const misdirected: OwnError = {
  status: 421,
  code: "MISDIRECTED_REQUEST",
  message:
    "the Host of the request is neither localhost nor an IP address: add its name to ALLOWED_HOSTS if this server is meant",
};

const crossSite: OwnError = {
  status: 403,
  code: "FORBIDDEN",
  message: "the request comes from a page of another origin: add that origin to CORS_ORIGINS if it may write",
};

function answerPreflight({ request, response, target }: Arrived): void {
  const wanted = request.headers["access-control-request-headers"];
  const headers = preflightHeaders(target.path === graphqlPath ? graphqlRequestHeaders : (wanted ?? ""));
  response.writeHead(204, headers).end();
}
