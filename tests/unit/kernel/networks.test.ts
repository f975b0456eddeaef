import fc from "fast-check";
import { expect, test } from "vitest";
import { slowDownMs } from "~/domain/identity/passwords.server";
import { makeQueue } from "~/domain/kernel/queue";
import { networkOf, plainAddress } from "~/domain/kernel/rate.server";

test("an address counts as the network whose owner can change the rest of it at will", () => {
  expect(["192.0.2.7", "192.0.2.250", "::ffff:192.0.2.9"].map(networkOf)).toEqual([
    "192.0.2.0/24",
    "192.0.2.0/24",
    "192.0.2.0/24",
  ]);
  expect(networkOf("192.0.3.7")).toBe("192.0.3.0/24");
  expect(
    ["2001:db8:0:12:aaaa::1", "2001:0db8:0000:0012:0:0:0:ffff", "2001:DB8::12:1:2:3:4"].map(networkOf),
  ).toEqual(Array.from({ length: 3 }, () => "2001:db8:0:12::/64"));
  expect(["2001:db8:0:13::1", "::1", "fe80::1%eth0", "unknown"].map(networkOf)).toEqual([
    "2001:db8:0:13::/64",
    "0:0:0:0::/64",
    "fe80:0:0:0::/64",
    "unknown",
  ]);
});

test("any two addresses of one /64 are one network, and of two are two", () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16));
  fc.assert(
    fc.property(
      fc.array(group, { minLength: 4, maxLength: 4 }),
      fc.array(group, { minLength: 4, maxLength: 4 }),
      fc.array(group, { minLength: 4, maxLength: 4 }),
      (head, one, other) => {
        const of = (network: readonly string[], rest: readonly string[]) =>
          networkOf([...network, ...rest].join(":"));
        expect(of(head, one)).toBe(of(head, other));
        expect(of(one, head) === of(other, head)).toBe(one.join() === other.join());
      },
    ),
  );
});

test("the first ten wrong passwords of an hour cost nothing, then each waits twice as long as the one before, eight seconds at most", () => {
  expect([0, 1, 10, 11, 12, 13, 16, 17, 1_000].map(slowDownMs)).toEqual([
    0, 0, 0, 250, 500, 1_000, 8_000, 8_000, 8_000,
  ]);
});

test("so many pieces of work run at once and so many wait, in the order in which they came; whoever comes then is told, and a place is free again", async () => {
  const inTurn = makeQueue({ atOnce: 2, waiting: 3 });
  const [started, ends]: [number[], (() => void)[]] = [[], []];
  const work = (n: number) =>
    inTurn(() => new Promise<number>((resolve) => void (started.push(n), ends.push(() => resolve(n)))));
  const taken = [0, 1, 2, 3, 4].map(work);
  await expect(work(5)).rejects.toMatchObject({ code: "TOO_BUSY" });
  expect(started).toEqual([0, 1]);
  ends[0]?.();
  expect(await taken[0]).toBe(0);
  await Promise.resolve();
  expect(started).toEqual([0, 1, 2]);
  const late = work(6);
  for (let turn = 1; turn < 6; turn += 1) {
    ends[turn]?.();
    await (turn < 5 ? taken[turn] : late);
  }

  expect(started).toEqual([0, 1, 2, 3, 4, 6]);
  // What fails gives its place back as well.
  await expect(inTurn(() => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect(await inTurn(() => Promise.resolve("works"))).toBe("works");
});

test("an address is itself without the link it was reached by and without the clothes of IPv6", () => {
  expect(
    [
      "203.0.113.7",
      "::ffff:203.0.113.7",
      "::FFFF:203.0.113.7",
      "fe80::1%eth0",
      "2001:db8::1",
      "::ffff:0:1",
      "",
    ].map(plainAddress),
  ).toEqual(["203.0.113.7", "203.0.113.7", "203.0.113.7", "fe80::1", "2001:db8::1", "::ffff:0:1", ""]);
});
