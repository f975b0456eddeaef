import { pinyin } from "pinyin-pro";
import type { PersonalData } from "~/domain/households/schemas";
import { saysNone } from "~/domain/kernel/typed/none";
import { digitByDigit, foldedSigns, numbersAsDigits, textOf, wordsOnly } from "./signs.server";

/**
 * What is looked for: in a text's words, in its words with every number in digits, or in the digits of the
 * whole text.
 */
export type Needle = Readonly<{
  in: "words" | "numbers" | "digits" | "sounds";
  pattern: RegExp;
  hard: boolean;
}>;

export type OwnRecord = Partial<Readonly<Record<keyof PersonalData, string | undefined>>>;

const COMPOUND_SURNAMES =
  /^(?:欧阳|司徒|上官|诸葛|司马|夏侯|皇甫|尉迟|公孙|慕容|令狐|端木|东方|独孤|南宫|长孙|宇文|轩辕|澹台|淳于)/;
const KIN =
  "祖父|祖母|父亲|母亲|爸爸|妈妈|爷爷|奶奶|外公|外婆|外祖父|外祖母|公公|婆婆|哥哥|姐姐|弟弟|妹妹|儿子|女儿|丈夫|妻子|伯父|伯母|叔叔|婶婶|姑姑|姑妈|舅舅|舅妈|阿姨|姨妈|监护人|联系人|负责人|院长|校长|班主任";
const KIN_BEFORE = new RegExp(`^(?:其|的)?(?:${KIN})(?:是|为|叫)?`);
const ADDRESSED = `同学|小朋友|女士|先生|太太|小姐|夫人|老师|医生|师傅|大爷|大妈|大叔|大婶|大姐|大哥|老伯|老太|阿婆|阿公|阿姨|${KIN}|伯|叔|婶|姨|姑|姐|哥|嫂|公|婆|嬷|妈|爸|妹|弟|仔|姥`;
const ADDRESS_AFTER = new RegExp(`(?:${ADDRESSED})$`);
/** Who is meant without being named. */
const UNNAMED = new RegExp(
  `^(?:${KIN}|本人|自己|同上|家人|亲属|邻居|社工|学校|村委|居委|村委会|居委会|福利院|敬老院)$`,
);
const PERSON = /^\p{Script=Han}{2,4}$/u;
/** What looks like 老 or 小 with a surname and is a word of every day. */
const EVERYDAY = new Set([
  "老师",
  "老人",
  "老年",
  "老家",
  "小区",
  "小学",
  "小时",
  "小孩",
  "小型",
  "小车",
  "小米",
  "小麦",
  "小包",
  "小花",
  "小白",
  "小心",
]);
const LEAST_OF_A_NUMBER = 6;

const words = (text: string): string => textOf(wordsOnly(foldedSigns(text)));
const numbers = (text: string): string => textOf(numbersAsDigits(wordsOnly(foldedSigns(text))));
const saysNothing = (text: string): boolean => saysNone(text) || UNNAMED.test(words(text));
const partsOf = (value: string): string[] =>
  value.split(/[\s,，、;；/|:：()（）【】[\]。]+/).filter((part) => !saysNothing(part));

const literally = (text: string) => new RegExp(text, "gu");

/**
 * A value as a whole: letters as they fold, numbers in digits. Digits that stand alone must stand alone in
 * the text as well.
 */
function whole(value: string, hard: boolean): Needle[] {
  const plain = words(value);
  if (plain.length < 2) return [];
  if (/^\d+$/.test(plain))
    return plain.length < 3
      ? []
      : [{ in: "words", pattern: new RegExp(`(?<!\\d)${plain}(?!\\d)`, "g"), hard }];
  return [
    { in: "words", pattern: literally(plain), hard },
    {
      in: "numbers",
      pattern: new RegExp(
        `${/^\d/.test(numbers(value)) ? "(?<!\\d)" : ""}${numbers(value)}${/\d$/.test(numbers(value)) ? "(?!\\d)" : ""}`,
        "gu",
      ),
      hard,
    },
  ];
}

/**
 * Phone, ID and card numbers, however they are cut up in the text and whatever stands between; the last four
 * digits may stay if stood by.
 */
function longNumbers(value: string): Needle[] {
  const digits = textOf(digitByDigit(foldedSigns(value))).replace(/(?<=\d)[\s.\-–—()]+(?=\d)/g, "");
  return [...digits.matchAll(/\d+/g)].flatMap(([run]): Needle[] => {
    const own = /^(?:00)?86(?=1\d{10}$)/.test(run) ? run.replace(/^(?:00)?86/, "") : run;
    if (own.length < LEAST_OF_A_NUMBER) return [];
    const local = /^0\d{9,11}$/.test(own)
      ? [own.slice(3), own.slice(4)].filter((number) => number.length >= 7)
      : [];
    return [
      ...[own, ...local].map((number): Needle => ({ in: "digits", pattern: literally(number), hard: true })),
      { in: "words", pattern: new RegExp(`(?<!\\d)${own.slice(-4)}(?!\\d)`, "g"), hard: false },
    ];
  });
}

/**
 * A person's name and what is left of it in daily speech: the given name, the surname with a form of address,
 * the name half hidden or spelled by sound.
 */
const namesIn = (value: string): Needle[] => peopleIn(value).flatMap((name) => nameNeedles(name));

function peopleIn(value: string): string[] {
  return partsOf(value)
    .map((part) => words(part))
    .flatMap((part) => [part, part.replace(KIN_BEFORE, ""), part.replace(ADDRESS_AFTER, "")])
    .filter((name, index, all) => PERSON.test(name) && !UNNAMED.test(name) && all.indexOf(name) === index);
}

const surnameOf = (name: string): string => COMPOUND_SURNAMES.exec(name)?.[0] ?? name.slice(0, 1);

function nameNeedles(name: string): Needle[] {
  const surname = surnameOf(name);
  const given = name.slice(surname.length);
  const last = name.slice(-1);
  const inWords = (pattern: string, hard: boolean): Needle => ({
    in: "words",
    pattern: new RegExp(pattern, "gu"),
    hard,
  });
  return [
    inWords(name, true),
    inWords(`${surname}(?:${ADDRESSED})`, true),
    ...["老", "小", "阿"]
      .map((form) => form + surname)
      .filter((form) => !EVERYDAY.has(form))
      .map((form) => inWords(form, false)),
    inWords(`${surname}(?:某{1,2}|[x○口]{1,2})${given.length > 1 ? `(?:${last})?` : ""}`, false),
    ...(given.length >= 2
      ? [
          inWords(`${given}(?:${ADDRESSED})`, true),
          inWords(given, false),
          inWords(`${surname}\\p{L}${last}`, false),
        ]
      : []),
    ...(given.length >= 1 ? [inWords(`(?:${last}(?:${ADDRESSED})|(?:阿|小)${last})`, false)] : []),
    ...soundsOf(name).map((sounds): Needle => ({ in: "sounds", pattern: sounds, hard: false })),
  ];
}

export const nameSyllablesOf = (han: string, surname: "head" | "off" = "off"): string[] =>
  pinyin(han, { toneType: "none", type: "array", v: true, surname });

/** Names of three and more syllables: shorter ones sound like half the dictionary. */
function soundsOf(name: string): RegExp[] {
  const ways = [nameSyllablesOf(name), nameSyllablesOf(name, "head")].filter((way) => way.length >= 3);
  return [...new Set(ways.map((way) => way.join(" ")))].flatMap((way) => [
    new RegExp(`(?<= )${way}(?= )`, "g"),
    new RegExp(way.replaceAll(" ", ""), "g"),
  ]);
}

const CITY_BEFORE = /^.{2,}?(?:省|自治区|特别行政区|市|区|县|镇|乡|街道(?:办事处)?)/u;
/** Endings that many places share: the signs before them belong to what is looked for. */
const GENERIC =
  /(?:新村|小区|花园|大道|大街|直街|横街|街道|公寓|社区|大厦|工业区|[东西南北中上下前后\d][路街巷])$/u;
/** After a number that is part of a road's name: 康华一路, 第三小学. */
const PART_OF_A_NAME = /^(?:号?大道|马路|经路|纬路|路|街|巷|道|弄|里|村|坊|区|小学|中学)/u;
const ROAD_END =
  /(?:路|街|道|巷|里|弄|坊|围|苑|园|村|小区|新村|花园|大厦|公寓|大街|广场|城|居|庭|湾|轩|阁|邨)$/u;

/**
 * A place and every way to say it without its city: the road with its number, the estate with its building;
 * its bare name may stay if stood by.
 */
function placesIn(value: string): Needle[] {
  const address = numbers(value);
  const needles: Needle[] = [];

  for (const match of address.matchAll(/\d+/g)) {
    const before = address.slice(0, match.index).replace(/^.*(?:号楼?|栋|座|幢|单元|楼|层|室|房)/u, "");
    const after = address.slice(match.index + match[0].length);
    if (before.length < 2 || PART_OF_A_NAME.test(after)) continue;
    const road = before.slice(GENERIC.test(before) ? -4 : -2);

    // The whole name where it stands, for the quote; its last signs are enough.
    needles.push({
      in: "numbers",
      pattern: new RegExp(
        `(?:${bareName(before)}|${/^\d/.test(road) ? "(?<!\\d)" : ""}${road})(?:门牌)?第?${match[0]}(?!\\d)号?`,
        "gu",
      ),
      hard: true,
    });

    for (const needle of bareRoad(before)) needles.push(needle);
  }

  const door = /\d+(?:号楼?|栋|座|幢|单元)\d{2,}/u.exec(address)?.[0];
  if (door !== undefined)
    needles.push({ in: "numbers", pattern: new RegExp(`(?<!\\d)${door}(?!\\d)`, "g"), hard: true });
  return /\d/.test(address) ? needles : bareRoad(address);
}

function bareRoad(place: string): Needle[] {
  const name = bareName(place);
  return name.length >= 3 && ROAD_END.test(name)
    ? [{ in: "numbers", pattern: literally(name), hard: false }]
    : [];
}

/** Without the city, district and town before it. */
function bareName(place: string): string {
  let name = place;
  for (
    let before = CITY_BEFORE.exec(name);
    before && name.length - before[0].length >= 2;
    before = CITY_BEFORE.exec(name)
  )
    name = name.slice(before[0].length);
  return name;
}

/**
 * A village or school: without its city it is the same; without the word for what it is, it may stay if stood
 * by.
 */
function institutionsIn(value: string): Needle[] {
  return partsOf(value).flatMap((part) => {
    const name = bareName(words(part));
    const stem = name.replace(
      /(?:村委会|村民委员会|居委会|社区|自然村|新村|村|小学|中学|初中|高中|幼儿园|学校|书院|学院)$/u,
      "",
    );
    const short = /第?(\d+)(小|中)学$/u.exec(numbers(part));
    return [
      ...whole(name, true),
      ...(stem.length >= 2 && stem !== name ? whole(stem, false) : []),
      ...(short
        ? [
            {
              in: "numbers",
              pattern: new RegExp(`(?:第)?(?<!\\d)${short[1] ?? ""}${short[2] ?? ""}(?:学)?`, "gu"),
              hard: true,
            } as const,
          ]
        : []),
    ];
  });
}

/**
 * Everything of a household's record that a public text must not hold, as a whole and in the parts by which a
 * neighbour would know it. Fields in which nothing stands (无, 不详) look for nothing.
 */
export function needlesOf(record: OwnRecord): Needle[] {
  const said = Object.entries(record).flatMap(([field, value]) =>
    value === undefined || saysNothing(value) ? [] : [[field, value] as const],
  );
  return said.flatMap(([field, value]) => [
    ...whole(value, true),
    ...longNumbers(value),
    ...(field === "name" || field === "guardian" ? namesIn(value) : []),
    ...(field === "address" ? placesIn(value) : []),
    ...(field === "village" || field === "school" ? [...institutionsIn(value), ...placesIn(value)] : []),
    ...(field === "illness" || field === "disability"
      ? partsOf(value).flatMap((part) => (words(part).length >= 3 ? whole(part, false) : []))
      : []),
  ]);
}

/**
 * What a pseudonym must neither be, nor hold, nor be part of: the record's values as they fold, and given
 * names.
 */
export const sealedWords = (record: OwnRecord): string[] =>
  Object.entries(record).flatMap(([field, value]) => {
    if (value === undefined || saysNothing(value)) return [];
    const plain = words(value);
    const given =
      field === "name" || field === "guardian"
        ? peopleIn(value).map((name) => name.slice(surnameOf(name).length))
        : [];
    return [
      ...(plain.length >= 2 || field === "name" ? [plain] : []),
      ...given.filter((name) => name.length >= 2),
    ];
  });
