import { expect, test } from "vitest";
import { localeFrom, rememberedHome } from "~/http/locale.server";
import {
  changedPreferences,
  languageCookie,
  preferencesCookie,
  readLanguage,
  readPreferences,
} from "~/http/preferences.server";
import { chosenPage, switchTo } from "~/paths";

const AT = "http://portal.test";
const request = (path: string, headers: Record<string, string> = {}) => new Request(AT + path, { headers });
const asCookie = (setCookie: string) => setCookie.split(";")[0] ?? "";
const formOf = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};

const DEFAULTS = { theme: "auto", contrast: "auto", size: "normal", text: "100", spacing: "normal" };

test("who never chose anything gets what their device asks for", () => {
  expect(readPreferences(request("/"))).toEqual(DEFAULTS);
});

test("a choice is kept, and the others stay as they were", () => {
  const elder = changedPreferences(readPreferences(request("/")), formOf({ size: "elder" }));
  const dark = changedPreferences(elder, formOf({ theme: "dark" }));
  expect(
    readPreferences(request("/wishes", { cookie: `basket=x; ${asCookie(preferencesCookie(dark))}` })),
  ).toEqual({ ...DEFAULTS, size: "elder", theme: "dark" });
});

test("a cookie or a form with nonsense changes nothing and reaches no page", () => {
  expect(readPreferences(request("/", { cookie: 'look=blue."><script>.elder.9000' }))).toMatchObject({
    theme: "auto",
    text: "100",
  });
  expect(
    changedPreferences(readPreferences(request("/")), formOf({ theme: "blue", size: "", other: "elder" })),
  ).toEqual(DEFAULTS);
  expect(
    preferencesCookie(
      changedPreferences(readPreferences(request("/")), formOf({ text: "200; Domain=evil" })),
    ),
  ).toContain("look=auto.auto.normal.100.normal;");
});

test("the preference cookies are out of reach of scripts and of other sites' forms", () => {
  for (const cookie of [preferencesCookie(readPreferences(request("/"))), languageCookie("en")]) {
    expect(cookie).toContain("HttpOnly");
    expect(cookie).toContain("SameSite=Lax");
  }
});

test("only a known language has pages; the root language has no segment", () => {
  expect([{}, { lang: "zh-Hant" }, { lang: "en" }].map(localeFrom)).toEqual(["zh-Hans", "zh-Hant", "en"]);
  for (const lang of ["fr", "zh-Hans", "EN", "constructor"]) expect(() => localeFrom({ lang })).toThrow();
});

test("the switch of a page remembers its language and leads on to the same page in it; every other address is taken as it stands", () => {
  for (const [pathname, search, switched, page] of [
    ["/", "", "/en?chosen-language", "/en"],
    [
      "/wishes",
      "?town=1&q=%E4%B9%A6",
      "/en/wishes?town=1&q=%E4%B9%A6&chosen-language",
      "/en/wishes?town=1&q=%E4%B9%A6",
    ],
    ["/zh-Hant//elsewhere.example", "", "/en/elsewhere.example?chosen-language", "/en/elsewhere.example"],
  ] as const) {
    expect(switchTo("en", pathname, search)).toBe(switched);
    expect(chosenPage("en", new URL(switched, AT))).toBe(page);
    expect(chosenPage("en", new URL(page, AT))).toBeUndefined();
  }

  expect(switchTo("zh-Hans", "/en", "")).toBe("/?chosen-language");
  expect(chosenPage("zh-Hans", new URL(`${AT}/?chosen-language`))).toBe("/");
  expect(chosenPage("zh-Hans", new URL(`${AT}//elsewhere.example?chosen-language`))).toBe(
    "/elsewhere.example",
  );
});

test("who types the bare address arrives in the language chosen last; every link is taken as it stands", () => {
  const cookie = asCookie(languageCookie("en"));
  expect(readLanguage(request("/", { cookie }))).toBe("en");
  expect(rememberedHome(request("/", { cookie, "sec-fetch-site": "none" }))).toBe("/en");
  expect(rememberedHome(request("/wishes", { cookie, "sec-fetch-site": "none" }))).toBeUndefined();
  expect(rememberedHome(request("/", { cookie, "sec-fetch-site": "same-origin" }))).toBeUndefined();
  expect(rememberedHome(request("/", { cookie }))).toBeUndefined();
  expect(
    rememberedHome(request("/", { cookie: asCookie(languageCookie("zh-Hans")), "sec-fetch-site": "none" })),
  ).toBeUndefined();
  expect(
    rememberedHome(request("/", { cookie: "lang=//evil.test", "sec-fetch-site": "none" })),
  ).toBeUndefined();
});
