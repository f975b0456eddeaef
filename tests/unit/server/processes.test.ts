import { expect, test } from "vitest";
import { rolesOf } from "~/server/processes.server";

test("with several processes the worker has one of its own; with one, all stays as it was asked for", () => {
  expect(
    (
      [
        ["both", 1],
        ["both", 3],
        ["portal", 1],
        ["portal", 2],
        ["worker", 1],
        ["worker", 4],
      ] as const
    ).map(([ROLE, PROCESSES]) => rolesOf({ ROLE, PROCESSES })),
  ).toEqual([
    ["both"],
    ["portal", "portal", "portal", "worker"],
    ["portal"],
    ["portal", "portal"],
    ["worker"],
    ["worker"],
  ]);
});
