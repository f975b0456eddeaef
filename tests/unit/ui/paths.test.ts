import { expect, test } from "vitest";
import { LOCALES } from "~/i18n/locales";
import { samePageIn } from "~/paths";
import { cookieOf } from "~/session/cookieOf";

test("the same page in another language is a page of this house, whatever the address was", () => {
  expect(samePageIn("en", "/wishes", "?q=a")).toBe("/en/wishes?q=a");
  expect(samePageIn("zh-Hans", "/en", "")).toBe("/");
  expect(samePageIn("zh-Hans", "/zh-Hans/wishes", "")).toBe("/wishes");
  for (const rest of ["//evil.example", "/\\evil.example", "///evil.example", "//evil.example/en"])
    for (const locale of LOCALES)
      for (const from of ["", "/en", "/zh-Hant", "/zh-Hans"])
        expect(samePageIn(locale, from + rest, "")).toMatch(/^\/(?![/\\])/);
});

test("a cookie of ours is read by its own signs, beside whatever neighbours left", () => {
  const asked = (cookie: string) => new Request("http://portal.test/", { headers: { cookie } });
  expect(cookieOf(asked("city=%u4E2D; session=abc-1.2_x; other=%"), "session")).toBe("abc-1.2_x");
  expect(cookieOf(asked("mysession=1; session=2"), "session")).toBe("2");
  expect(cookieOf(asked("city=%u4E2D"), "session")).toBe("");
});
