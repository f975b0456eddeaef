import { expect, test } from "vitest";
import { isCreditCode } from "~/domain/kernel/creditCode";

test("a credit code is taken with its right check sign, and with no other", () => {
  // The example of GB 32100-2015.
  expect(isCreditCode("91350100M000100Y43")).toBe(true);
  for (const sign of "012456789ABCDEFGHJKLMNPQRTUWXY")
    expect(isCreditCode(`91350100M000100Y4${sign}`), sign).toBe(false);
  for (const wrong of [
    "",
    "91350100M000100Y4",
    "91350100I000100Y43",
    "91350100M000100Y433",
    "19350100M000100Y43",
  ])
    expect(isCreditCode(wrong), wrong).toBe(false);
});
