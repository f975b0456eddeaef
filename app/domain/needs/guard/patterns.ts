import type { Finding } from "./findings";

const SURNAMES =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧区邝赖";
const ADDRESSED = "同学|小朋友|女士|先生|老师|婆婆|阿婆|奶奶|爷爷|阿姨|叔叔|伯伯|伯|叔|姨|姐|哥|嫂";
/**
 * Between the digits of one number: blanks, dots, dashes, commas, brackets, quotes, and what people say for a
 * dash.
 */
const BETWEEN = "(?:[\\s.,、。·・•‧∙()\\-‐‑–—―−_~'\"“”‘’]|杠|横|空格)";
/** Words after which a number is an amount, an age or a date and no piece of a longer one. */
const COUNTED = "元块角分岁年月日号点斤克升米套个张件双台只本户人名次天周厘公";

export type Pattern = Readonly<{
  kind: Finding["kind"];
  hard: boolean;
  in: "text" | "words" | "tight" | "digits";
  pattern: RegExp;
}>;

/**
 * What looks like a person whoever it is. `in` says of which form of the text: as it folds, its words alone,
 * without blanks, or without blanks and with every digit spelled as one.
 */
export const PATTERNS: readonly Pattern[] = [
  // Phone, ID, card, 低保 number: any run of six digits or more, however it is broken up or spelled; days of
  // these years are none.
  {
    kind: "number",
    hard: true,
    in: "digits",
    pattern: new RegExp(
      `(?<!\\d)(?!202\\d[.-](?:0?[1-9]|1[0-2])[.-](?:[12]\\d|3[01]|0?[1-9])(?!${BETWEEN}{0,3}\\d))(?!\\d{1,3}(?:,\\d{3})+(?:\\.\\d{1,2})?(?:元|块))\\d(?:${BETWEEN}{0,3}\\d){5,}`,
      "gu",
    ),
  },
  // A mobile number in pieces with words between.
  {
    kind: "number",
    hard: true,
    in: "digits",
    pattern: new RegExp(`(?<!\\d)1[3-9]\\d(?:[^\\d${COUNTED}]{0,4}\\d){8}(?!\\d)`, "gu"),
  },
  // Letters and a sign for "at", with or without what people write to avoid it.
  {
    kind: "contact",
    hard: true,
    in: "tight",
    pattern:
      /[a-z0-9._%+-]*(?:@|\(at\)|\[at\]|\{at\}|#at#|艾特)[a-z0-9-]+(?:(?:\.|。|点|\(dot\)|\[dot\])[a-z0-9-]*[a-z][a-z0-9-]*)+/gu,
  },
  {
    kind: "contact",
    hard: true,
    in: "text",
    pattern: /[a-z0-9._%+-]+\s+at\s+[a-z0-9-]+(?:\s+dot\s+|\.)[a-z]{2,}/gu,
  },
  {
    kind: "contact",
    hard: true,
    in: "digits",
    pattern:
      /(?:(?<![a-z])qq|扣扣|企鹅)(?:号码|账号|号|群)?[^\p{L}\p{N}]*(?:是|为|加)?[^\p{L}\p{N}]*\d{5,}/gu,
  },
  {
    kind: "contact",
    hard: true,
    in: "tight",
    pattern:
      /(?:微信|薇信|威信|徽信|抖音|(?<![a-z])(?:v信|vx|wx|weixin|wechat)|加v)(?:号码|账号|号|id)?[^\p{L}\p{N}]*(?:是|为|加|叫)?[^\p{L}\p{N}]*[a-z][a-z0-9_-]{4,}/gu,
  },
  { kind: "contact", hard: false, in: "text", pattern: /https?:\/\/\S+|www\.[a-z0-9]\S*/gu },
  {
    kind: "school",
    hard: true,
    in: "text",
    pattern: /[\p{Script=Han}]{2,10}?(?:小学|中学|幼儿园|学校|书院)(?!生|阶段|课)/gu,
  },
  {
    kind: "place",
    hard: true,
    in: "text",
    pattern:
      /[\p{Script=Han}]{1,6}?(?:村|巷|里弄|花园|小区|新村)(?:\d+|[一二三四五六七八九十]+)?(?:号|栋|座|队|组)/gu,
  },
  {
    kind: "place",
    hard: false,
    in: "text",
    pattern: /[\p{Script=Han}]{1,6}?(?:路|街|大道|巷)\s?(?:\d+|[一二三四五六七八九十百]+)\s?号/gu,
  },
  { kind: "place", hard: false, in: "text", pattern: /[\p{Script=Han}]{2,4}村(?!口|里|居)/gu },
  {
    kind: "name_form",
    hard: false,
    in: "text",
    pattern: new RegExp(`[${SURNAMES}][\\p{Script=Han}]{0,2}?(?:${ADDRESSED})`, "gu"),
  },
  {
    kind: "name_form",
    hard: false,
    in: "text",
    pattern: /(?:小|阿)[\p{Script=Han}](?=[\p{Script=Han}，。,.])/gu,
  },
  {
    kind: "illness",
    hard: false,
    in: "words",
    pattern:
      /癌|肿瘤|白血病|尿毒症|艾滋|乙肝|精神分裂|抑郁|癫痫|自闭|脑瘫|糖尿病|中风|帕金森|阿尔茨海默|肾病/gu,
  },
];
