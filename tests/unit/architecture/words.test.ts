import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DELIVERY_TRANSITIONS } from "~/domain/delivery/states";
import { FAILED_OUTCOMES, LOSS_REASONS, WRITE_OFF_REASONS } from "~/domain/delivery/vocabulary";
import { JOINT_DAY_TRANSITIONS, PLEDGE_TRANSITIONS } from "~/domain/giving/states";
import { ERROR_CATALOGUE } from "~/domain/kernel/errors";
import { ALLOCATION } from "~/domain/matching/allocate.server";
import { OFFER } from "~/domain/matching/offers.server";
import { NEED_TRANSITIONS } from "~/domain/needs/states";
import { en } from "~/i18n/en/catalogues";
import { zhHans } from "~/i18n/zh-Hans/catalogues";
import { zhHant } from "~/i18n/zh-Hant/catalogues";
import { REFUSAL_REASONS } from "~db/schema/goodsVocabulary";
import { namespaceFiles, sourceOf, traditionalSource } from "../../../scripts/i18n";

const entries = (catalogue: Record<string, Record<string, string>>) =>
  Object.entries(catalogue).flatMap(([namespace, messages]) =>
    Object.entries(messages).map(([key, text]) => [`${namespace}.${key}`, text] as const),
  );

test("the traditional catalogues are those that the simplified ones make", () => {
  for (const file of namespaceFiles())
    expect(sourceOf("zh-Hant", file), `${file}: run npm run i18n`).toBe(
      traditionalSource(sourceOf("zh-Hans", file)),
    );
});

test("all three languages have every message, and none is empty but the note that a Chinese story is Chinese", () => {
  const keys = entries(zhHans).map(([key]) => key);
  for (const catalogue of [zhHant, en]) expect(entries(catalogue).map(([key]) => key)).toEqual(keys);
  for (const catalogue of [zhHans, zhHant, en]) {
    const empty = entries(catalogue).filter(
      ([key, text]) => text.trim() === "" && key !== "common.chineseStory",
    );
    expect(empty).toEqual([]);
  }
});

test("a translation uses the same values as its original", () => {
  const values = (text: string) =>
    [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();
  const originals = new Map(entries(zhHans));
  const different = entries(en).filter(([key, text]) =>
    values(text).some((value) => !values(originals.get(key) ?? "").includes(value)),
  );
  expect(different.map(([key]) => key)).toEqual([]);
});

test("English words hold no Chinese, and no English is left in Chinese words", () => {
  const allowed = /路|名字|书包|轮椅|陈同学|李婆婆/g;
  expect(
    entries(en).filter(([, text]) =>
      /[一-鿿]/.test(text.replace(allowed, "").replace(/\([^)]*[一-鿿][^)]*\)/g, "")),
    ),
  ).toEqual([]);
  expect(entries(zhHans).filter(([, text]) => /[a-z]{4,}\s[a-z]{3,}/i.test(text))).toEqual([]);
});

test("no words send their reader left or right: on a phone there is one column", () => {
  const sideways = [...entries(zhHans), ...entries(en)].filter(([, text]) =>
    /[左右][边侧面]|\b(on|to) the (left|right)\b/i.test(text),
  );
  expect(sideways).toEqual([]);
});

test("every refusal has words", () => {
  const known = new Map(entries(zhHans));
  for (const { message } of Object.values(ERROR_CATALOGUE)) expect(known.get(message), message).toBeTruthy();
});

test("every step that a donor or a reader may see has words", () => {
  const known = new Map(entries(zhHans));
  const silent = new Set([
    "need.edit",
    "need.return",
    "need.reject",
    "need.expire",
    "need.approve_over_cap",
    "pledge.start",
  ]);
  const events = [
    ...Object.values(NEED_TRANSITIONS).flatMap((row) => Object.keys(row).map((event) => `need.${event}`)),
    ...Object.values(PLEDGE_TRANSITIONS).flatMap((row) => Object.keys(row).map((event) => `pledge.${event}`)),
    ...Object.values(JOINT_DAY_TRANSITIONS).flatMap((row) =>
      Object.keys(row).map((event) => `joint_day.${event}`),
    ),
    ...Object.values(OFFER.transitions).flatMap((row) => Object.keys(row).map((event) => `offer.${event}`)),
    ...Object.values(DELIVERY_TRANSITIONS).flatMap((row) =>
      Object.keys(row).map((event) => `delivery.${event}`),
    ),
    ...["pack", "dispatch", "hand_over", "bring_back", "dispose", "lose"].map(
      (event) => `delivery_item.${event}`,
    ),
    ...["parcel.receive", "parcel.inspect", "lot.release", "lot.write_off"],
    ...Object.values(ALLOCATION.transitions).flatMap((row) =>
      Object.keys(row).map((event) => `allocation.${event}`),
    ),
  ].filter((event) => !silent.has(event));
  expect(events.length).toBeGreaterThan(25);
  expect([...new Set(events)].filter((event) => !known.has(`journal.${event.replace(".", "_")}`))).toEqual(
    [],
  );
  const reasons = [
    ...REFUSAL_REASONS,
    ...FAILED_OUTCOMES,
    ...LOSS_REASONS,
    ...WRITE_OFF_REASONS,
    "did_not_come",
    "less_came",
    "target_gone",
  ];
  expect(reasons.filter((reason) => !known.has(`journal.reason_${reason}`))).toEqual([]);
  expect(Object.keys(DELIVERY_TRANSITIONS).length).toBeGreaterThan(5);
});

test("no message is written twice into the code as plain Chinese: pages speak through the catalogues", () => {
  const shell = readFileSync("app/ui/shell/Shell.tsx", "utf8");
  expect(/>[^<{]*[一-鿿]/.test(shell)).toBe(false);
});
