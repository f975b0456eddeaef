import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { Converter } from "opencc-js";
import { expect, test } from "vitest";
import { foldForSearch } from "~/domain/kernel/fold.server";
import type { Finding } from "~/domain/needs/guard/findings";
import type { OwnRecord } from "~/domain/needs/guard/needles.server";
import { publishGuard } from "~/domain/needs/guard/publishGuard.server";

const RECORD: OwnRecord = {
  name: "陈国华",
  phone: "199 0000 9001",
  address: "中山市石岐街道演示东路12号3栋402",
  village: "沙溪镇福涌村",
  school: "中山市演示第一小学",
  guardian: "母亲 欧阳丽珍",
  idNumber: "442000195003020022",
  dibaoNumber: "DB-20260077",
  illness: "慢性肾功能不全，高血压",
  income: "无",
};

const find = (text: string, record: OwnRecord = RECORD, pseudonym?: string) =>
  publishGuard([text], { record, pseudonym });
const hard = (findings: readonly Finding[]) =>
  findings.filter((finding) => finding.hard).map((finding) => finding.text);
const soft = (findings: readonly Finding[]) =>
  findings.filter((finding) => !finding.hard).map((finding) => finding.text);

test("a sealed name is found in any characters, widths, marks and with anything between, and quoted as it was written", () => {
  for (const written of [
    "陈国华",
    "陳國華",
    "陈 国 华",
    "陈·国·华",
    "陈\u200b国\u2060华",
    "陈國\u00ad华",
    "「陈」國（华）",
    "陈\u0336国\u0336华\u0336",
    "陈\ufe00国华",
    "\u202d陈国华",
  ])
    expect(hard(find(`想要书包的${written}今年八岁。`)), written).toContain(
      written
        .replace(/^[「\u202d]/, "")
        .replace(/）$/, "")
        .replace("陈」", "陈」"),
    );
  // In 乾坤 a converter leaves 乾 as it is, and makes 干 of it elsewhere: no neighbour hides a name.
  expect(hard(find("王乾坤很好", { name: "王乾" }))).toEqual(["王乾"]);
  for (const name of ["Maria da Silva", "ＭＡＲＩＡ　ＤＡ　ＳＩＬＶＡ", "maria-da-silva", "María da Silva"])
    expect(hard(find(`${name} 想要书包`, { name: "Maria Da Silva" })), name).toEqual([name]);
});

test("so are the parts by which a neighbour knows somebody", () => {
  for (const written of [
    "陈婆婆",
    "陳伯",
    "陈同学",
    "国华叔",
    "國華同學",
    "欧阳阿姨",
    "歐陽丽珍",
    "丽珍妈妈",
  ])
    expect(hard(find(`${written}想要书包。`)), written).toContain(written);
  for (const written of [
    "国华",
    "国華",
    "小陈",
    "老陈",
    "陈某",
    "陈某华",
    "陈x华",
    "阿华",
    "华叔",
    "Chen Guohua",
    "chénguóhuá",
    "陈果花",
  ])
    expect(soft(find(`${written}，想要书包。`)), written).toContain(written);
  expect(find("甄婆婆、王姨和小区的人都说好。").filter((finding) => finding.kind === "own_record")).toEqual(
    [],
  );
});

test("a number is found however it is written, spelled, cut up or hidden, its own or anybody's", () => {
  const own = [
    "19900009001",
    "１９９００００９００１",
    "199 0000 9001",
    "199-0000-9001",
    "199.0000.9001",
    "199、0000、9001",
    "一九九零零零零九零零一",
    "幺九九〇〇〇〇九〇〇幺",
    "壹玖玖零零零零玖零零壹",
    "①⑨⑨0000⑨00①",
    "1️⃣9️⃣9️⃣0️⃣0️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣",
    "199OOOO9OO1",
    "l99oooo900l",
    "١٩٩٠٠٠٠٩٠٠١",
    "199\u200b0000\u200b9001",
    "❶❾❾0000❾00❶",
    "(199)0000,9001",
  ];
  for (const written of own) {
    expect(
      find(`请打${written}找我`).some((finding) => finding.hard),
      written,
    ).toBe(true);
    expect(
      find(`请打${written}找我`, {}).some((finding) => finding.hard && finding.kind === "number"),
      written,
    ).toBe(true);
  }

  expect(hard(find("请打１９９００００９００１找我"))).toEqual(["１９９００００９００１"]);
  // With words between, what is on record is found wherever it is, and a mobile number in short pieces
  // whosever it is.
  expect(hard(find("先拨199，接着是0000，最后是9001。"))).not.toEqual([]);
  expect(hard(find("号码一九九后面0000尾数9001。", {}))).not.toEqual([]);
  expect(hard(find("身份证４４２０００１９５００３０２００２２"))).not.toEqual([]);
  expect(hard(find("低保证20260077"))).not.toEqual([]);
  expect(soft(find("尾号9001"))).toEqual(["9001"]);
  expect(hard(find("请打 0086 199 0000 9001"))).not.toEqual([]);
  expect(hard(publishGuard(["座机 8888 1234"], { record: { phone: "0760-88881234" } }))).not.toEqual([]);
});

test("addresses of mail, chat and pages are found", () => {
  for (const written of [
    "chen@qq.com",
    "chen＠qq．com",
    "c h e n @ qq.com",
    "chen(at)qq.com",
    "chen艾特qq点com",
    "CHEN.GH@163.com",
    "chen at qq dot com",
  ])
    expect(hard(find(`写信到${written}`, {})), written).not.toEqual([]);
  for (const written of [
    "QQ12345",
    "ＱＱ：１２３４５",
    "扣扣号是一二三四五",
    "微信号：chen_1950",
    "微信chenguohua",
    "加V chen1950",
    "vx: chen1950",
    "WeChat ID chen1950",
    "薇信 chen1950",
  ])
    expect(hard(find(`可以加${written}`, {})), written).not.toEqual([]);
  expect(soft(find("详见 https://example.org/x", {}))).toEqual(["https://example.org/x"]);
  expect(find("想学会用微信视频，和外地的女儿QQ聊天。", {})).toEqual([]);
});

test("the household's own road and number are found without their city; its road or village alone may stay if stood by", () => {
  for (const written of [
    "演示东路12号",
    "演示東路 12 號",
    "演示东路十二号",
    "演示东路１２号",
    "演示东路，12",
    "石岐演示东路12",
    "3栋402",
    "三栋四零二",
    "福涌村",
    "福涌 村",
    "演示第一小学",
    "演示第1小学",
    "演示一小",
  ])
    expect(hard(find(`住在${written}，想要书包。`)), written).not.toEqual([]);
  for (const written of ["演示东路", "福涌"])
    expect(soft(find(`住在${written}，想要书包。`)), written).toContain(written);
  expect(hard(find("住在演示东路120号，想要书包。"))).toEqual([]);
  expect(hard(find("住在康华一路，想要书包。", { address: "康华一路5号" }))).toEqual([]);
  expect(hard(find("住在康华1路五号，想要书包。", { address: "康华一路5号" }))).not.toEqual([]);
});

test("a pseudonym is no value of the record, in any spelling, holds none and is part of none; it may be what people go by", () => {
  for (const pseudonym of [
    "陈国华",
    "陳國華",
    "国华",
    "小国华",
    "陈国华婆婆",
    "欧阳丽珍",
    "丽珍",
    "福涌",
    "１９９００００９００１",
    "陈\u200b国华",
  ]) {
    const findings = publishGuard([`${pseudonym}想要书包。`], { record: RECORD, pseudonym });
    expect(hard(findings), pseudonym).toContain(pseudonym);
  }

  expect(hard(publishGuard(["想要书包。"], { record: RECORD, pseudonym: "国华" }))).toEqual(["国华"]);
  expect(find("李婆婆想要书包。", RECORD, "李婆婆")).toEqual([]);
  expect(publishGuard(["陈婆婆想要书包。"], { record: RECORD, pseudonym: "陈婆婆" })).toEqual([
    { kind: "own_record", text: "陈婆婆", hard: false },
  ]);
  // Whatever is called a pseudonym, a number or a school stays one.
  for (const pseudonym of ["13800001111", "石岐中心小学"])
    expect(hard(publishGuard([`${pseudonym}想要书包。`], { pseudonym })), pseudonym).toEqual([pseudonym]);
});

test("where nothing is on record nothing is found: 没有, 不详 and a mother without a name are nobody's", () => {
  const record = {
    name: "甄演文",
    phone: "没有",
    address: "无",
    village: "不详",
    guardian: "母亲",
    illness: "暂无",
    income: "-",
    disability: " ",
  };
  expect(find("家里没有血压计，母亲卧床，病情不详，暂无收入，无人照顾。", record)).toEqual([]);
});

test("ordinary words raise no alarm: amounts, sizes, ages, times and days", () => {
  for (const text of [
    "每月收入1,200元，三个孩子，一个六岁，一个八岁，一个十岁。",
    "身高145厘米，体重40公斤，鞋码36。",
    "衣服尺码 165/88A，裤长 100，毛衣 120*60 厘米。",
    "每天早上6点到8点、中午11点半到1点练习。",
    "2026年11月28日入学，2026.9.1开学。",
    "一对一辅导，两次两小时，二三年级的数学。",
    "有一、二、三年级的书各五本。",
    "40户共需要1500元，60套9000元，补贴2000元。",
  ])
    expect(
      hard(find(text, { name: "甄演文", phone: "19900001000", address: "石岐街道演示路1号" })),
      text,
    ).toEqual([]);
});

test("on the 62 wishes of the input, with the record of each, it finds nothing that must go", () => {
  const rows = parse<Record<string, string | undefined>>(
    readFileSync("db/seed/data/micro-wishes.csv", "utf8"),
    { columns: true, bom: true },
  );
  expect(rows).toHaveLength(62);
  const findings = rows.flatMap((row) =>
    publishGuard([row["title_zh"] ?? "", row["story_zh"] ?? "", row["item_zh"] ?? ""], {
      pseudonym: row["pseudonym"],
      record: {
        name: row["sealed_name"],
        phone: row["sealed_phone"],
        address: row["sealed_address"],
        village: row["sealed_village"],
      },
    }),
  );
  expect(hard(findings)).toEqual([]);
  expect(findings.length).toBeLessThan(20);
});

const toHongKong = Converter({ from: "cn", to: "hk" });
const toTaiwan = Converter({ from: "cn", to: "tw" });
/** Ways to write the same so that a search still finds it. */
const WAYS: readonly ((text: string) => string)[] = [
  (text) => text,
  toHongKong,
  toTaiwan,
  (text) => Array.from(text).join("\u200b"),
  (text) => text.replace(/[!-~]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0)),
  (text) => text.toUpperCase(),
];

test("whatever the search finds of a sealed value, the guard finds, and quotes a piece of the text", () => {
  const han = fc.string({
    unit: fc.constantFrom(...Array.from("陈国华丽珍叶兰云林乾后里面台余干发松钟谷征姜温岳峰")),
    minLength: 2,
    maxLength: 4,
  });
  const value = fc.oneof(
    fc.record({
      field: fc.constantFrom("name", "village", "school", "guardian", "address", "disability"),
      value: han,
    }),
    fc.record({
      field: fc.constant("phone"),
      value: fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }).map(String),
    }),
    fc.record({
      field: fc.constant("idNumber"),
      value: fc.integer({ min: 100_000_000, max: 999_999_999 }).map((half) => `${half}${half}`),
    }),
    fc.record({ field: fc.constant("name"), value: fc.stringMatching(/^[a-z]{4,9}$/) }),
  );
  const around = fc.string({
    unit: fc.constantFrom(...Array.from("想要一个书包，今年八岁。 ")),
    maxLength: 12,
  });
  fc.assert(
    fc.property(
      value,
      around,
      around,
      fc.constantFrom(...WAYS),
      ({ field, value: sealed }, before, after, write) => {
        const text = `${before}${write(sealed)}${after}`;
        fc.pre(foldForSearch(text).includes(foldForSearch(sealed)));
        const findings = publishGuard([text], { record: { [field]: sealed } });
        expect(findings.filter((finding) => finding.hard).map((finding) => finding.text)).not.toEqual([]);
        for (const finding of findings) expect(text).toContain(finding.text);
      },
    ),
  );
});
