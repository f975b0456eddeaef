import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { POSTINGS } from "~/domain/books/postMoney.server";
import { ALL_MACHINES } from "~/domain/machines.server";
import { FINANCE_TASK_KINDS } from "~db/schema/payments";
import { FILE_PURPOSES } from "~db/schema/reference";

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.join(folder, file));

test("a text column that holds one of a list of values has a CHECK that says so", () => {
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

test("every posting, task and purpose of a file is made by some code, and every state is reached", () => {
  const code = ["app/domain", "app/routes"]
    .flatMap(filesUnder)
    .filter((file) => !/(states|[vV]ocabulary|machines\.server)\.ts$/.test(file))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  const isMade = (word: string) => new RegExp(`["'\`.]${word}["'\`]`).test(code);
  const words = [...Object.keys(POSTINGS), ...FINANCE_TASK_KINDS, ...FILE_PURPOSES];
  expect(words.filter((word) => !isMade(word))).toEqual([]);
  /** In which something is born, with a row of its own in the journal or by set-up. */
  const BORN_IN = new Set([
    "promised",
    "proposed",
    "asked",
    "queued",
    "draft",
    "applied",
    "open",
    "waiting",
    "paying",
    "done",
    "heard",
    "offered",
  ]);
  const dead = ALL_MACHINES.flatMap(({ entity, transitions }) => {
    const reached = new Set<string>(Object.values(transitions).flatMap((steps) => Object.values(steps)));
    return Object.keys(transitions)
      .filter((state) => !reached.has(state) && !BORN_IN.has(state))
      .map((state) => `${entity} ${state}`);
  });
  expect(dead).toEqual([]);
});
