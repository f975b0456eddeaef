import { expect, test } from "vitest";
import { ageBounds, agesInText } from "~/domain/lists/hsds/ages";
import { foreignCode, uuid5 } from "~/domain/lists/hsds/ids.server";
import { hoursWords, hsdsPartsOf } from "~/domain/lists/hsds/parts";
import { type Hours, Service } from "~/domain/lists/hsds/shapes";
import type { Parameters } from "~/domain/rules/evaluate";
import type { MemberRule, Rule } from "~/domain/rules/rule";
import { publishedSchemas, readPublishedSchemas } from "../../support/hsdsSchemas";

const id = (name: string) => uuid5(`test:${name}`);
const term = {
  id: id("term"),
  name: "养老",
  description: "养老服务",
  taxonomy_detail: { id: id("taxonomy"), name: "类别", description: "清单的类别" },
};
const address = {
  id: id("address"),
  address_1: "示例路 1 号",
  city: "示例市",
  state_province: "示例省",
  postal_code: "000000",
  country: "CN",
  address_type: "physical",
};

/** A record that uses everything in which something can go wrong. */
const whole = () => ({
  id: id("service"),
  name: "示例服务",
  status: "active",
  url: "https://example.org/",
  email: "office@example.org",
  minimum_age: 60,
  assured_date: "2026-01-31",
  last_modified: "2026-01-31T08:00:00+08:00",
  phones: [{ id: id("phone"), number: "0760-00000000", extension: 12 }],
  schedules: [
    {
      id: id("schedule"),
      freq: "WEEKLY",
      byday: "MO,TU",
      opens_at: "09:00",
      closes_at: "17:00",
      timezone: 8,
    },
  ],
  service_at_locations: [
    {
      id: id("at"),
      location: {
        id: id("location"),
        location_type: "physical",
        latitude: 22.5,
        longitude: 113.4,
        addresses: [address],
      },
    },
  ],
  organization: { id: id("organization"), name: "示例单位", description: "提供服务的单位" },
  program: { id: id("program"), name: "示例清单", description: "清单" },
  attributes: [{ id: id("attribute"), link_type: "category", taxonomy_term: term }],
});

type Json = Record<string, unknown>;
const at = (record: unknown, path: readonly (string | number)[]) =>
  path.reduce((value, key) => (value as Json)[key], record) as Json;

/** The record with one value changed, or with `undefined` taken away. */
function changed(path: string, value: unknown): Json {
  // Its parts are shared by all records: what is changed here is none of theirs.
  const record = structuredClone(whole()) as Json;
  const keys = path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const last = String(keys.at(-1));
  const holder = at(record, keys.slice(0, -1));
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = value;
  return record;
}

const place = "service_at_locations.0.location";
const TRAPS: readonly (readonly [path: string, value: unknown])[] = [
  ["description", null],
  ["phones", null],
  [`${place}.name`, null],
  ["id", "GW001"],
  ["phones.0.id", "1"],
  ["email", ""],
  ["url", "www.example.org"],
  ["status", "open"],
  ["schedules.0.timezone", "8"],
  ["phones.0.extension", "12"],
  ["schedules.0.freq", "DAILY"],
  ["last_modified", "2026-01-31T08:00:00"],
  ["last_modified", "2026-01-31"],
  ["assured_date", "31.1.2026"],
  ["minimum_age", "60"],
  ["name", undefined],
  ["status", undefined],
  ["organization.description", undefined],
  ["program.description", undefined],
  ["attributes.0.taxonomy_term.description", undefined],
  ["attributes.0.taxonomy_term.taxonomy_detail.description", undefined],
  ...["address_1", "city", "state_province", "postal_code", "country", "address_type"].map(
    (key) => [`${place}.addresses.0.${key}`, undefined] as const,
  ),
  [`${place}.location_type`, "moon"],
  ["metadata", [{ id: id("metadata"), last_action_date: "2026-01-31" }]],
  ["confidential", true],
  ["phones.0.main", true],
];
/** Where ours is narrower: the published schemas take any text for a day. */
const OURS_ALONE = new Set(["assured_date"]);

const published = publishedSchemas === undefined ? undefined : readPublishedSchemas(publishedSchemas);

test(`the whole record is valid, also by the published schemas: ${published ? "yes" : "no, they do not lie beside this checkout"}`, () => {
  expect(Service.safeParse(whole()).error).toBeUndefined();
  expect(published?.("service", whole()) ?? []).toEqual([]);
});

for (const [path, value] of TRAPS) {
  test(`${path} ${value === undefined ? "left out" : `as ${JSON.stringify(value)}`} is refused`, () => {
    const record = changed(path, value);
    expect(Service.safeParse(record).success).toBe(false);
    if (published && !OURS_ALONE.has(path)) expect(published("service", record)).not.toEqual([]);
  });
}

test("what no reader can use is refused as well: half an opening time, an empty name, a script for an address", () => {
  for (const [path, value] of [
    ["schedules.0.closes_at", undefined],
    ["schedules.0.freq", undefined],
    ["schedules.0.byday", "Monday"],
    ["schedules.0.opens_at", "9"],
    ["name", ""],
    ["name", "a\0b"],
    ["url", "javascript:alert(1)"],
    ["url", "https://example.org/a b"],
    ["minimum_age", -1],
    [`${place}.latitude`, 91],
    ["attributes.0.taxonomy_term.id", "x"],
  ] as const)
    expect(Service.safeParse(changed(path, value)).success, path).toBe(false);
});

test("ids are UUIDs of version 5 that never change, and a foreign entry's code grows where it is taken", () => {
  expect(uuid5("service:GW001")).toBe("c5123950-dda8-579f-81ff-ff00662a4aa2");
  const code = foreignCode(id("service"), () => false);
  expect(code).toMatch(/^HS[0-9A-Z]{8}$/);
  expect(foreignCode(id("service").toUpperCase(), () => false)).toBe(code);
  const longer = foreignCode(id("service"), (taken) => taken === code);
  expect([longer.startsWith(code), longer.length]).toEqual([true, code.length + 1]);
});

test("an age is told where it is all that a rule asks of one person, and nowhere else", () => {
  const parameters = { old_age_years: 60 } as Parameters;
  const bounds = (rule: Rule) => ageBounds(rule, parameters);
  const age = (
    compare: "at_least" | "over" | "at_most" | "under",
    to: number | { parameter: "old_age_years" },
  ) => ({ fact: "ageYears", compare, to }) satisfies MemberRule;
  expect(bounds({ some: age("at_least", { parameter: "old_age_years" }) })).toEqual({ minimumAge: 60 });
  expect(bounds({ some: { all: [age("over", 5), age("under", 18)] } })).toEqual({
    minimumAge: 6,
    maximumAge: 17,
  });
  expect(bounds({ some: age("at_most", 3) })).toEqual({ maximumAge: 3 });
  for (const rule of [
    { fact: "householdSize", compare: "at_least", to: 2 },
    { some: { any: [age("at_least", 60), age("under", 18)] } },
    { some: { not: age("at_least", 60) } },
    { some: { all: [age("at_least", 60), { fact: "seriousIllness", is: true }] } },
    { some: { all: [age("at_least", 60), age("over", 70)] } },
    { all: [{ some: age("at_least", 60) }, { fact: "rural", is: true }] },
  ] satisfies Rule[])
    expect(bounds(rule), JSON.stringify(rule)).toBeUndefined();
});

test("what a text seems to say of ages is a suggestion in signs", () => {
  for (const [text, suggestion] of [
    ["60周岁及以上的老年人", "≥ 60"],
    ["年满80岁", "≥ 80"],
    ["未满16周岁的儿童", "< 16"],
    ["0～6岁儿童", "0–6"],
    ["18 周岁以下", "≤ 18"],
    ["adults aged 18 and over", "≥ 18"],
    ["young people aged 14 to 21", "14–21"],
    ["children under 5", "< 5"],
    ["低保家庭", undefined],
    ["第 60 号文件", undefined],
  ] as const)
    expect(agesInText(text), text).toBe(suggestion);
});

test("opening times are put into words, and hold only as long as the words stay", () => {
  const weekly = (byday: string, opens_at: string, closes_at: string): Hours => ({
    freq: "WEEKLY",
    byday,
    opens_at,
    closes_at,
  });
  const noon: Hours[] = [
    weekly("MO,TU,WE,TH,FR", "09:00", "12:00"),
    weekly("MO,TU,WE,TH,FR", "14:00:00+08:00", "17:30"),
  ];
  expect(hoursWords(noon)).toBe("周一至周五 09:00–12:00；周一至周五 14:00–17:30");
  expect(
    hoursWords([
      { freq: "MONTHLY", byday: "2MO,-1FR" },
      { freq: "WEEKLY", interval: 2, byday: "SA" },
      { freq: "MONTHLY", bymonthday: "1,15" },
    ]),
  ).toBe("每月第2个周一、最后一个周五；每2周的周六；每月1、15日");
  expect(hoursWords([{ description: "随时", opens_at: "00:00", closes_at: "23:59" }])).toBe("随时");
  const item = {
    hours: hoursWords(noon),
    place: null,
    phone: null,
    provider: "",
    hsdsParts: { schedules: noon },
  };
  expect(hsdsPartsOf(item).schedules).toEqual(noon);
  expect(hsdsPartsOf({ ...item, hours: "周一至周四" }).schedules).toBeUndefined();
});
