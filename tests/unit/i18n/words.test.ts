import { expect, test } from "vitest";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { nameIn, wordsIn } from "~/i18n/locales";
import { messagesFor, serverT } from "~/i18n/messages.server";
import { fill } from "~/i18n/translate";
import { traditionalSource } from "../../../scripts/i18n";

test("a message takes its values, picks its plural, and never shows a brace", () => {
  expect(fill("还差 {n} {unit}", { n: 3, unit: "套" })).toBe("还差 3 套");
  expect(fill("{n} {n|day|days}", { n: 1 })).toBe("1 day");
  expect(fill("{n} {n|day|days}", { n: 0n })).toBe("0 days");
  expect(fill("hello {name}", {})).toBe("hello ");
});

test("a value is put in once: what it contains is not read as a message", () => {
  expect(fill("{a}", { a: "{b}", b: "secret" })).toBe("{b}");
});

test("a page carries only the words of the rooms it asked for", () => {
  const keys = Object.keys(messagesFor("en", ["giving"]));
  expect(keys.length).toBeGreaterThan(20);
  expect(keys.filter((key) => !key.startsWith("giving."))).toEqual([]);
  expect(serverT("en", ["shell"])("shell.signIn")).toBe("Sign in");
});

test("names are stored in three forms and never converted; stories have a traditional twin, and English readers see the original", () => {
  const names = { nameHans: "于庄", nameHant: "于莊", nameEn: "Yuzhuang" };
  expect([nameIn("zh-Hans", names), nameIn("zh-Hant", names), nameIn("en", names)]).toEqual([
    "于庄",
    "于莊",
    "Yuzhuang",
  ]);
  expect([wordsIn("zh-Hant", "书包", "書包"), wordsIn("en", "书包", "書包")]).toEqual(
    ["书包", "書包"].reverse(),
  );
});

test("traditional words are those that their readers use, not only their characters", () => {
  expect(traditionalSource('signIn: "登录",')).toBe('signIn: "登入",');
  expect(traditionalSource("打印签收单，一起签")).toBe("列印簽收單，一起簽");
  expect(traditionalSource("{n} 件")).toBe("{n} 件");
});

test("the portal's own words and those that people wrote are spelled alike; a screen's words stay on the screen", () => {
  const prose = "这户人家说：教我用手机视频，三天后要一张床和辅助设备的说明文件";
  expect(traditional(prose)).toBe("這戶人家說：教我用手機視像，三天後要一張床和輔助設備的說明文件");
  expect(traditionalSource("设备文件，“两户”视频")).toBe("裝置檔案，「兩戶」視像");
  expect(traditional("余同学说余下的以后再说", ["余同学"])).toBe("余同学說餘下的以後再說");
});
