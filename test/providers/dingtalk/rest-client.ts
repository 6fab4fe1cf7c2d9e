import { expect } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { dingtalk } from "../../../src/providers/dingtalk/index.js";
import { baseId, type DingtalkApp } from "./dingtalk-app.js";

interface Named {
  readonly id: string;
  readonly name: string;
}

interface ReadRecord {
  readonly id: string;
  readonly fields: JsonObject;
  readonly createdBy: JsonValue;
}

/** The members of all replies; the tests know which reply has which. */
interface Body extends Named, ReadRecord {
  readonly code: string;
  readonly message: string;
  readonly accessdenieddetail: JsonValue;
  readonly value: readonly Named[];
  readonly records: readonly ReadRecord[];
  readonly hasMore: boolean;
  readonly nextToken: string;
  readonly accessToken: string;
  readonly expireIn: number;
}

export interface Answer {
  readonly status: number;
  readonly body: Body;
}

export interface Asking {
  /** Default: `operatorId=editor`. */
  readonly query?: string;
  /** Empty: the header is not sent. */
  readonly token?: string;
  readonly body?: JsonValue;
  /** A text that is sent instead of `body`. */
  readonly text?: string;
  /** `/dingtalk` or empty. */
  readonly prefix?: string;
}

export const both = "tok-both";

/** Saves tokens of every kind of scope, and two apps. */
export async function grantTokens({ app }: DingtalkApp): Promise<void> {
  const [read, write] = ["Notable.Base.Read.All", "Notable.Base.Write.All"];
  await app.grantAccess(dingtalk.id, {
    tokens: {
      [both]: { scopes: [read, write] },
      "tok-reads": { scopes: [read] },
      "tok-writes": { scopes: [write] },
      "tok-nothing": { scopes: [] },
    },
    apps: [
      { appKey: "reader", appSecret: "s", scopes: [read] },
      { appKey: "app", appSecret: "secret" },
    ],
  });
}

/** Sends a request over HTTP. A path without a leading slash is relative to the base. */
export async function ask({ app }: DingtalkApp, method: string, path: string, asking: Asking = {}): Promise<Answer> {
  const {
    query = "operatorId=editor",
    token = both,
    body,
    text = body === undefined ? undefined : JSON.stringify(body),
    prefix = "",
  } = asking;
  const place = path.startsWith("/") ? path : `/v1.0/notable/bases/${baseId}/${path}`;
  const headers = {
    ...(token === "" ? {} : { "x-acs-dingtalk-access-token": token }),
    ...(text === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
  };
  const response = await app.fetch(`${prefix}${place}${query === "" ? "" : `?${query}`}`, {
    method,
    headers,
    body: text,
  });
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  return { status: response.status, body: (await response.json()) as Body };
}

/** Inserts titles and answers the ids. */
export async function insertTitles(
  world: DingtalkApp,
  titles: readonly string[],
  query = "operatorId=editor",
): Promise<readonly string[]> {
  const { body } = await ask(world, "POST", "sheets/Tasks/records", {
    query,
    body: { records: titles.map((Title) => ({ fields: { Title } })) },
  });
  return body.value.map(({ id }) => id);
}

export const wrongArguments = "invalidRequest.inputArgs.invalid";
