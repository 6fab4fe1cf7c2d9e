import { expect, it } from "vitest";
import { parseAddressList } from "../../../src/contract/server/addresses.js";

it.each([
  ["10.0.0.7", ["10.0.0.7", "::ffff:10.0.0.7"], ["10.0.0.8", "::1"]],
  [
    "10.0.0.7, 192.168.0.0/16,2001:db8::/32",
    ["192.168.255.1", "10.0.0.7", "2001:db8:1::1"],
    ["192.169.0.1", "2001:db9::1"],
  ],
  ["0.0.0.0/0", ["1.2.3.4"], ["2001:db8::1"]],
])("%s lets in what it names and nothing else, least of all an unknown address", (text, inside, outside) => {
  const list = parseAddressList(text);
  expect(inside.map((address) => list?.(address))).toEqual(inside.map(() => true));
  expect([...outside, "localhost", "", undefined].map((address) => list?.(address))).toEqual(
    [...outside, "", "", ""].map(() => false),
  );
});

it.each(["", ",", "localhost", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "::/129", "10.0.0.0/-1", "300.1.1.1"])(
  "%j is no list",
  (text) => {
    expect(parseAddressList(text)).toBeUndefined();
  },
);
