import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { POSTINGS } from "~/domain/books/postMoney.server";
import {
  GOODS_PLEDGE_TRANSITIONS,
  JOINT_DAY_TRANSITIONS,
  COLLECTION_TRANSITIONS,
  MONEY_PLEDGE_TRANSITIONS,
} from "~/domain/giving/states";
import { PUSH_TRANSITIONS } from "~/domain/directory/screening/states";
import { NEED_TRANSITIONS } from "~/domain/needs/states";
import { ORGANISATION_TRANSITIONS } from "~/domain/organisations/states";
import {
  CHECKOUT,
  FINANCE_TASK,
  GIVING_INTENT,
  PURCHASE,
  REFUND,
  SPENDING,
} from "~/domain/payments/machines.server";
import { HANDLERS_OF_EVENT } from "~/journal/handlersOfEvent";
import { FINANCE_TASK_KINDS } from "~db/schema/payments";
import { FILE_PURPOSES } from "~db/schema/reference";

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.join(folder, file));

test("a text column that holds one of a list of words has a CHECK that says so", () => {
  const bare: string[] = [];
  for (const file of filesUnder("db/schema")) {
    const source = readFileSync(file, "utf8");
    for (const table of source.split(/(?=export const \w+ = pgTable\()/).slice(1)) {
      const checks = table.slice(Math.max(0, table.indexOf("(t) =>")));
      for (const [, field = "", column = ""] of table.matchAll(/(\w+): text\("(\w+)"\)\.\$type</g))
        if (!new RegExp(`(oneOf|isCode|isName)\\(t\\.${field}\\b`).test(checks))
          bare.push(`${path.basename(file)} ${column}`);
    }
  }

  expect(bare).toEqual([]);
});

const MACHINES: Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, string | undefined>>>>>
> = {
  goods: GOODS_PLEDGE_TRANSITIONS,
  money: MONEY_PLEDGE_TRANSITIONS,
  jointDay: JOINT_DAY_TRANSITIONS,
  collection: COLLECTION_TRANSITIONS,
  push: PUSH_TRANSITIONS,
  need: NEED_TRANSITIONS,
  organisation: ORGANISATION_TRANSITIONS,
  checkout: CHECKOUT.transitions,
  refund: REFUND.transitions,
  purchase: PURCHASE.transitions,
  spending: SPENDING.transitions,
  financeTask: FINANCE_TASK.transitions,
  intent: GIVING_INTENT.transitions,
};

test("every step of a machine, every posting, task, purpose of a file and event that somebody waits for is made by some code, and every state is reached", () => {
  const code = ["app/domain", "app/routes"]
    .flatMap(filesUnder)
    .filter((file) => !/(states|words|machines\.server)\.ts$/.test(file))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  const isMade = (word: string) => new RegExp(`["'\`.]${word}["'\`]`).test(code);
  const steps = Object.entries(MACHINES).flatMap(([name, table]) =>
    Object.values(table).flatMap((from) =>
      Object.keys(from).map((step) => [`${name}.${step}`, step] as const),
    ),
  );
  expect(steps.filter(([, step]) => !isMade(step)).map(([name]) => name)).toEqual([]);
  const words = [
    ...Object.keys(POSTINGS),
    ...FINANCE_TASK_KINDS,
    ...FILE_PURPOSES,
    ...Object.keys(HANDLERS_OF_EVENT).map((event) => event.split(".")[1] ?? ""),
  ];
  expect(words.filter((word) => !isMade(word))).toEqual([]);
  const FIRST = new Set(["promised", "proposed", "asked", "queued", "draft", "applied", "open", "waiting"]);
  const dead = Object.entries(MACHINES).flatMap(([name, table]) => {
    const reached = new Set(Object.values(table).flatMap((from) => Object.values(from)));
    return Object.keys(table)
      .filter((state) => !reached.has(state) && !FIRST.has(state))
      .map((state) => `${name} ${state}`);
  });
  expect(dead).toEqual([]);
});
