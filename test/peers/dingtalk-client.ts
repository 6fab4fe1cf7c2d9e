import { loadClient } from "./load.js";

/** What every call of the SDK resolves to. */
export interface Answer<Body> {
  readonly statusCode: number;
  readonly body: Body;
}

/** What every call of the SDK rejects with. */
export interface DingtalkError extends Error {
  readonly code: string;
  readonly statusCode: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly accessDeniedDetail?: Readonly<Record<string, unknown>>;
}

export interface SdkRecord {
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly createdBy: { readonly unionId: string };
  readonly createdTime: number;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Field extends Named {
  readonly type: string;
  readonly property?: Readonly<Record<string, unknown>>;
}

type Model = new (members: Readonly<Record<string, unknown>>) => object;
type OnBase<Body> = (baseId: string, request: object, headers: object, runtime: object) => Promise<Answer<Body>>;
type OnSheet<Body> = (
  baseId: string,
  sheet: string,
  request: object,
  headers: object,
  runtime: object,
) => Promise<Answer<Body>>;

interface Notable {
  readonly getAllSheetsWithOptions: OnBase<{ readonly value: readonly Named[] }>;
  readonly createSheetWithOptions: OnBase<Named>;
  readonly getAllFieldsWithOptions: OnSheet<{ readonly value: readonly Field[] }>;
  readonly createFieldWithOptions: OnSheet<Field>;
  readonly insertRecordsWithOptions: OnSheet<{ readonly value: readonly { readonly id: string }[] }>;
  readonly listRecordsWithOptions: OnSheet<{
    readonly hasMore: boolean;
    readonly nextToken: string;
    readonly records: readonly SdkRecord[];
  }>;
  readonly getRecordWithOptions: (
    baseId: string,
    sheet: string,
    id: string,
    request: object,
    headers: object,
    runtime: object,
  ) => Promise<Answer<SdkRecord>>;
}

interface Oauth2 {
  readonly getAccessToken: (
    request: object,
  ) => Promise<Answer<{ readonly accessToken: string; readonly expireIn: number }>>;
}

type Models = Readonly<Record<`${string}Request` | `${string}Headers`, Model>>;

const { Config } = loadClient<{ readonly Config: Model }>("@alicloud/openapi-client");
const { RuntimeOptions } = loadClient<{ readonly RuntimeOptions: Model }>("@alicloud/tea-util");
const notable = loadClient<Models & { readonly default: new (config: object) => Notable }>(
  "@alicloud/dingtalk/notable_1_0",
);
const oauth2 = loadClient<Models & { readonly default: new (config: object) => Oauth2 }>(
  "@alicloud/dingtalk/oauth2_1_0",
);

/** The SDK pointed at a server, as the owner of a token and an operator use it. */
export function createDingtalk(
  url: string,
  {
    baseId,
    token,
    operatorId,
  }: { readonly baseId: string; readonly token?: string | undefined; readonly operatorId?: string },
) {
  const config = new Config({ protocol: "http", regionId: "central", endpoint: new URL(url).host });
  const client = new notable.default(config);
  const options = (
    call: string,
    members: Readonly<Record<string, unknown>>,
    queries: Readonly<Record<string, string>> = {},
  ) => {
    const [Request, Headers] = [notable[`${call}Request`], notable[`${call}Headers`]];
    if (Request === undefined || Headers === undefined) throw new Error(`the SDK has no call ${call}`);
    return [
      new Request({ operatorId, ...members }),
      new Headers({ xAcsDingtalkAccessToken: token }),
      new RuntimeOptions({ extendsParameters: { queries } }),
    ] as const;
  };
  return {
    getAllSheets: () => client.getAllSheetsWithOptions(baseId, ...options("GetAllSheets", {})),
    createSheet: (sheet: Readonly<Record<string, unknown>>) =>
      client.createSheetWithOptions(baseId, ...options("CreateSheet", sheet)),
    getAllFields: (sheet: string) => client.getAllFieldsWithOptions(baseId, sheet, ...options("GetAllFields", {})),
    createField: (sheet: string, field: Readonly<Record<string, unknown>>) =>
      client.createFieldWithOptions(baseId, sheet, ...options("CreateField", field)),
    insertRecords: (sheet: string, records: readonly object[], queries?: Readonly<Record<string, string>>) =>
      client.insertRecordsWithOptions(baseId, sheet, ...options("InsertRecords", { records }, queries)),
    listRecords: (sheet: string, page: Readonly<Record<string, unknown>> = {}) =>
      client.listRecordsWithOptions(baseId, sheet, ...options("ListRecords", page)),
    getRecord: (sheet: string, id: string) =>
      client.getRecordWithOptions(baseId, sheet, id, ...options("GetRecord", {})),
  };
}

/** Asks for the access token of an app. */
export function askAccessToken(url: string, app: { readonly appKey: string; readonly appSecret: string }) {
  const { GetAccessTokenRequest } = oauth2;
  if (GetAccessTokenRequest === undefined) throw new Error("the SDK has no call GetAccessToken");
  const config = new Config({ protocol: "http", regionId: "central", endpoint: new URL(url).host });
  return new oauth2.default(config).getAccessToken(new GetAccessTokenRequest(app));
}
