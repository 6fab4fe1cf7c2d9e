/** Pieces of JSON text that often break software. */
export const hostileJson: readonly string[] = [
  "null", "true", "0", "-0", "1.5", "1e2", "1e400", "-1e400", "NaN", "Infinity", "010", "0x10", "9007199254740993", "9223372036854775808",
  "-9223372036854775809", "18446744073709551616", "123456789012345678901234567890", "1e308", "5e-324",
  '""', '"x"', '"\\u0000"', '"\\ud800"', '"\\udc00x"', '"\\u202e"', '"😀"', '"__proto__"', '"1 OR 1=1"', '"\'; DROP TABLE record; --"', '"null"', '"undefined"',
  "[]", "{}", "[null]", "[[]]", "[1,[2,[3]]]", '{"__proto__":{"admin":true}}', '{"constructor":{"prototype":1}}', '{"":""}', '{"a":1,"a":2}', '{"$meta":1}',
  '{"toString":1,"hasOwnProperty":2}', '{"values":{"values":{}}}', '{"fields":null}',
  `"${"x".repeat(70_000)}"`, `${"[".repeat(1100)}${"]".repeat(1100)}`, `${'{"a":'.repeat(1100)}1${"}".repeat(1100)}`, "[".repeat(5000),
  `${"[".repeat(1950)}${"]".repeat(1950)}`, `${'{"a":'.repeat(2001)}1${"}".repeat(2001)}`, `${"[".repeat(60_000)}${"]".repeat(60_000)}`,
  "POINT(1 2)", '"POINT(1 2"', '"2020-13-40"', '"9999-99-99T99:99:99"', "1766959192000", "-62135596800001", "8.64e15",
];

/** Bytes that are not UTF-8. */
export const brokenUtf8: readonly Buffer[] = [Buffer.from([0xff]), Buffer.from([0xc3]), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from([0xf4, 0x90, 0x80, 0x80]), Buffer.from([0x00])];

export const hostileSegments: readonly string[] = [
  "", ".", "..", "%2e%2e", "%2F", "%00", "%", "%zz", "%E6%97", "%ff", "__proto__", "constructor", "a".repeat(300), "%F0%9F%98%80", "~", "a:b:c", "a.b", "a%3Ab%3Anext.c", "*", ";x=1", "'", "%5C",
];

export const hostileQueries: readonly string[] = ["", "=", "a", "a=%", "a=%zz", "operatorId=", "operatorId=%00", "operatorId=a&operatorId=b", "ids=", "ids=x&ids=y", "clientToken=x", "clientToken=%ED%A0%80", "__proto__=1", "maxResults=-1", "pageToken=x", "dbName=", "collectionName=%00", "&&&", "x=".padEnd(2000, "y")];

export const hostileHeaders: readonly (readonly [string, string])[] = [
  ["content-type", "text/plain"], ["content-type", "application/json; charset=utf-16"], ["content-type", "multipart/form-data"], ["content-type", "///"], ["content-type", ""],
  ["content-encoding", "gzip"], ["content-encoding", "br"], ["accept", "text/html"], ["accept-type-allow-int64", "false"], ["accept-type-allow-int64", "maybe"],
  ["authorization", "Bearer"], ["authorization", "Bearer "], ["authorization", "Basic !!!"], ["authorization", "Basic cm9vdDpNaWx2dXM="], ["authorization", "root:Milvus"], ["authorization", "Digest x"], ["authorization", `Bearer ${"x".repeat(3000)}`],
  ["x-acs-dingtalk-access-token", ""], ["x-acs-dingtalk-access-token", "\u00e9"], ["expect", "100-continue"], ["expect", "nothing"], ["origin", "http://evil.test"], ["connection", "close"],
  ["x-http-method-override", "DELETE"], ["recordgate-fault", "internal-error"], ["recordgate-violations", "[]"], ["host", ""], ["cookie", "a=b"], ["if-none-match", "*"], ["range", "bytes=0-1"], ["accept-encoding", "identity;q=0"],
];

export const methods: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "QUERY"];
