import { expect, it } from "vitest";
import { RecentMap } from "../../src/core/recent-map.js";

function fill(map: RecentMap<number>, first: number, count: number): void {
  for (let n = first; n < first + count; n += 1) map.set(String(n), n);
}

it("keeps at least the latest half of its entries, and never more than all", () => {
  const map = new RecentMap<number>(10);
  fill(map, 0, 1000);
  const kept = Array.from({ length: 1000 }, (_each, n) => String(n)).filter((name) => map.get(name) !== undefined);
  expect(kept.slice(-5)).toEqual(["995", "996", "997", "998", "999"]);
  expect(kept.length).toBeLessThanOrEqual(10);
});

it("keeps what is used again and again", () => {
  const map = new RecentMap<number>(10);
  map.set("used", -1);
  for (let first = 0; first < 100; first += 4) {
    fill(map, first, 4);
    expect(map.get("used")).toBe(-1);
  }
});

it("answers the latest value, and nothing for what was deleted", () => {
  const map = new RecentMap<number>(4);
  map.set("a", 1);
  fill(map, 0, 2);
  map.set("a", 2);
  expect(map.get("a")).toBe(2);
  map.delete("a");
  expect(map.get("a")).toBeUndefined();
});
