import { expect, test } from "vitest";
import { isCommonPassword } from "~/domain/identity/commonPasswords.server";

const OWN = ["zhen.yan88@mail.example.org", "陈晓红"];
const CITY = ["演示市", "演示", "Demo City", "古镇镇", "古镇", "Guzhen"];

test("what the world guesses first is refused, in any width and case, with digits behind and marks around", () => {
  for (const typed of [
    "password",
    "PassWord",
    "12345678",
    "qwertyuiop",
    "iloveyou",
    "sunshine",
    "1qaz2wsx",
    "jennifer",
    "trustno1",
    "aa123456",
    "5201314520",
    "woaini1314",
  ])
    expect(isCommonPassword(typed, []), typed).toBe(true);
  for (const typed of [
    "ｐａｓｓｗｏｒｄ",
    "dragon2026",
    "Monkey!!2026",
    "football#1",
    "zzzzzzzzz",
    "９９９９９９９９",
  ])
    expect(isCommonPassword(typed, []), typed).toBe(true);
});

test("one's own words, the city's and the portal's are no password, however they are put together", () => {
  for (const typed of [
    "zhenyan88",
    "Zhen.Yan.88",
    "zhenyan2026",
    "陈晓红陈晓红123",
    "chenxiaohong",
    "chenxiaohong88",
    "ChenXiaoHong!",
  ])
    expect(isCommonPassword(typed, OWN), typed).toBe(true);
  for (const typed of [
    "guzhen2026",
    "guzhenguzhen",
    "古镇古镇古镇古镇",
    "DemoCity#1",
    "hongxin2026",
    "红心红心2026",
    "HongXin@Guzhen",
    "ａｉhongxin88",
  ])
    expect(isCommonPassword(typed, CITY), typed).toBe(true);
});

test("sentences are passwords, also where a known word stands in them", () => {
  for (const typed of [
    "一句没人猜得到的话 42",
    "雨伞 借给 邻居 七次",
    "the monkey sits on guzhen bridge",
    "correct horse battery staple",
    "红心照亮下雨的傍晚",
  ])
    expect(isCommonPassword(typed, [...OWN, ...CITY]), typed).toBe(false);
});
