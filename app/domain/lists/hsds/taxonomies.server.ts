import type { ListName } from "~db/schema/directory";
import type { Audience, LifeSituation } from "~db/schema/factVocabulary";
import { uuid5 } from "./ids.server";
import type { Taxonomy, TaxonomyTerm } from "./shapes";

export const TAXONOMY_NAMES = [
  "zs-list",
  "zs-category",
  "zs-audience",
  "zs-situation",
  "zs-translation",
] as const;
export type TaxonomyName = (typeof TAXONOMY_NAMES)[number];

const DESCRIPTIONS: Readonly<Record<TaxonomyName, string>> = {
  "zs-list": "事项属于哪一张清单：政府福利清单或社会服务清单。",
  "zs-category": "清单里的类别，大类下面有小类。",
  "zs-audience": "事项面向哪些人。",
  "zs-situation": "遇到什么事情时会用到这个事项。",
  "zs-translation": "名称的译文是哪种文字。",
};

export const LISTS_IN_WORDS: Readonly<Record<ListName, readonly [name: string, description: string]>> = {
  government: ["政府福利清单", "政府部门提供的福利和救助，符合条件就可以申请。"],
  social: ["社会服务清单", "社工站、社会组织和志愿者提供的服务。"],
};

const AUDIENCES_IN_WORDS: Readonly<Record<Audience, string>> = {
  everyone: "所有人",
  low_income: "低保、特困等困难家庭",
  child: "儿童",
  student: "学生",
  woman: "妇女",
  older_person: "老年人",
  disabled_person: "残疾人",
  ill: "病人",
  carer: "照顾家人的人",
  worker: "劳动者",
  veteran: "退役军人和优抚对象",
};

const SITUATIONS_IN_WORDS: Readonly<Record<LifeSituation, string>> = {
  hardship: "生活困难",
  child: "养育孩子",
  study: "上学",
  pregnancy: "怀孕生育",
  old_age: "养老",
  disability: "残疾",
  illness: "生病",
  work: "找工作和劳动保障",
  home: "住房",
  law: "法律援助",
  service: "退役和优抚",
  daily_life: "日常生活",
};

export const taxonomyIdOf = (name: TaxonomyName): string => uuid5(`taxonomy:${name}`);

export const TAXONOMIES: readonly Taxonomy[] = TAXONOMY_NAMES.map((name) => ({
  id: taxonomyIdOf(name),
  name,
  description: DESCRIPTIONS[name],
}));

export const termIdOf = (taxonomy: TaxonomyName, code: string): string => uuid5(`term:${taxonomy}:${code}`);

/** A term of our own taxonomies; those of others may lack a code. */
export type OurTerm = TaxonomyTerm & Readonly<{ code: string }>;

const term = (
  taxonomy: TaxonomyName,
  code: string,
  name: string,
  description: string,
  { parent, language = "zh-Hans" }: { parent?: string; language?: string } = {},
): OurTerm => ({
  id: termIdOf(taxonomy, code),
  code,
  name,
  description,
  ...(parent === undefined ? {} : { parent_id: termIdOf(taxonomy, parent) }),
  taxonomy,
  language,
  taxonomy_id: taxonomyIdOf(taxonomy),
});

export const listTerm = (list: ListName): OurTerm => term("zs-list", list, ...LISTS_IN_WORDS[list]);
export const audienceTerm = (audience: Audience): OurTerm =>
  term("zs-audience", audience, AUDIENCES_IN_WORDS[audience], `面向${AUDIENCES_IN_WORDS[audience]}`);
export const situationTerm = (situation: LifeSituation): OurTerm =>
  term("zs-situation", situation, SITUATIONS_IN_WORDS[situation], `与${SITUATIONS_IN_WORDS[situation]}有关`);

/** A category is its path: "幼有所育/优孕优生服务" lies within "幼有所育". */
export function categoryTerm(path: string): OurTerm {
  const cut = path.lastIndexOf("/");
  return term(
    "zs-category",
    path,
    path.slice(cut + 1) || path,
    `清单类别：${path.replaceAll("/", " › ")}`,
    cut > 0 ? { parent: path.slice(0, cut) } : {},
  );
}

export const TRANSLATIONS = {
  nameEn: term("zs-translation", "name:en", "English name", "事项的英文名称", { language: "en" }),
  nameHant: term("zs-translation", "name:zh-Hant", "繁體名稱", "事项的繁体名称", { language: "zh-Hant" }),
} as const;

/** A path and everything above it. */
const withParents = (path: string): string[] =>
  path.split("/").flatMap((_part, index, parts) => parts.slice(0, index + 1).join("/") || []);

/** Every term of our taxonomies, with those categories that are in use; in an order that stays. */
export function allTerms(categories: readonly string[]): TaxonomyTerm[] {
  const paths = [...new Set(categories.flatMap(withParents))].sort();
  return [
    ...(Object.keys(LISTS_IN_WORDS) as ListName[]).map(listTerm),
    ...paths.map(categoryTerm),
    ...(Object.keys(AUDIENCES_IN_WORDS) as Audience[]).map(audienceTerm),
    ...(Object.keys(SITUATIONS_IN_WORDS) as LifeSituation[]).map(situationTerm),
    TRANSLATIONS.nameEn,
    TRANSLATIONS.nameHant,
  ];
}
