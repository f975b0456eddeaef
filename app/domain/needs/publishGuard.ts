/** Something in a text that may point to a person. Hard findings must go; soft ones may stay when the operator stands by them. */
export type Finding = Readonly<{ kind: "own_record" | "number" | "name_form" | "school" | "place" | "illness"; text: string; hard: boolean }>;

const SURNAMES =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧区邝赖";
const ADDRESSED = "同学|小朋友|女士|先生|老师|婆婆|阿婆|奶奶|爷爷|阿姨|叔叔|伯伯|伯|叔|姨|姐|哥|嫂";

const PATTERNS: readonly Readonly<{ kind: Finding["kind"]; hard: boolean; pattern: RegExp }>[] = [
  // Phone, ID, card, 低保 number: any run of six digits or more, also spaced.
  { kind: "number", hard: true, pattern: /\d(?:[\s-]?\d){5,}/g },
  { kind: "school", hard: true, pattern: /[\p{Script=Han}]{2,10}?(?:小学|中学|幼儿园|学校|书院)(?!生|阶段|课)/gu },
  { kind: "place", hard: true, pattern: /[\p{Script=Han}]{1,6}?(?:村|巷|里弄|花园|小区|新村)(?:\d+|[一二三四五六七八九十]+)?(?:号|栋|座|队|组)/gu },
  { kind: "place", hard: false, pattern: /[\p{Script=Han}]{2,4}村(?!口|里|居)/gu },
  { kind: "name_form", hard: false, pattern: new RegExp(`[${SURNAMES}][\\p{Script=Han}]{0,2}?(?:${ADDRESSED})`, "gu") },
  { kind: "name_form", hard: false, pattern: /(?:小|阿)[\p{Script=Han}](?=[\p{Script=Han}，。])/gu },
  { kind: "illness", hard: false, pattern: /癌|肿瘤|白血病|尿毒症|艾滋|乙肝|精神分裂|抑郁|癫痫|自闭|脑瘫|糖尿病|中风|帕金森|阿尔茨海默|肾病/g },
];

/**
 * Reads a text that is about to become public. The chosen pseudonym is allowed; everything else that looks like a person is
 * found: the household's own sealed values, numbers, forms of address, schools, villages, illnesses.
 * A detector helps the person who redacts and never replaces them (decisions 10).
 *
 * @param ownValues the household's sealed values in the clear
 */
export function publishGuard(text: string, { pseudonym, ownValues }: { pseudonym?: string | undefined; ownValues: readonly string[] }): Finding[] {
  const findings: Finding[] = [];
  for (const value of ownValues) {
    const plain = value.trim();
    if (plain.length >= 2 && plain !== pseudonym && text.includes(plain)) findings.push({ kind: "own_record", text: plain, hard: true });
  }
  const read = pseudonym ? text.replaceAll(pseudonym, "　") : text;
  for (const { kind, hard, pattern } of PATTERNS) {
    for (const match of read.matchAll(pattern)) {
      if (!findings.some((known) => known.text === match[0])) findings.push({ kind, text: match[0], hard });
    }
  }
  return findings;
}
