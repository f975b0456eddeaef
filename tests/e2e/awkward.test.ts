import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { APIRequestContext } from "@playwright/test";
import { zhHans } from "~/i18n/zh-Hans/catalogues";
import { parcelsBrought, rulesBrought } from "./steps/brought";
import { AWKWARD, formsOf } from "./steps/fields";
import { openPlaces, type Place } from "./steps/places";
import { expect, test } from "./support";

/** Fields of numbers and moments that nobody types: what a page carries along. */
const CARRIED = ["was", "parcelsSeen", "index"];

/**
 * Forms whose fields are read after something else of them (a key, a choice), which these requests leave out:
 * they are tried for 500 alone.
 */
const LATER = [
  "gifts/:code/confirm",
  "field/new",
  "organisation/new",
  "field/referrals/:id",
  "lists-desk/values",
];

/** Named in its schema by its unit: on the page it has the name of each fact that is counted so. */
const BY_FACT: Readonly<Record<string, string>> = { years: "ageYears" };

/** Typed by the number keys, and no number. */
const NO_NUMBER = ["secret"];

/** What is said of a value that cannot be read as what it is; of one that can, never. */
const UNREADABLE: readonly string[] = [
  zhHans.common.wholeNumber,
  zhHans.common.amountWrong,
  zhHans.common.dayWrong,
  zhHans.common.momentWrong,
];

/** The fields of every schema that kernel/typed reads as a number, an amount, a day or a moment. */
function typedFields(): string[] {
  const files = readdirSync("app/domain", { recursive: true, encoding: "utf8" }).filter((file) =>
    /([sS]chemas|Input)\.ts$/.test(file),
  );
  const typed =
    /(\w+): (?:Quantity|Count|Moment|CalendarDay|DayBegins|YuanAmount|YuanOrZero|Years|wholeNumber\(|yuan\()/g;
  return [
    ...new Set(
      files.flatMap((file) =>
        [...readFileSync(path.join("app/domain", file), "utf8").matchAll(typed)].map(([, name = ""]) => name),
      ),
    ),
  ];
}

const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

/**
 * A form as it stands without its request key, or where it has none without its ids and its version: whatever
 * is typed, nothing is ever done, and it comes back.
 */
const neverDone = (sent: Readonly<Record<string, string>>) => {
  const hasKeys = Object.keys(sent).some(isRequestKey);
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [
      name,
      isRequestKey(name) || (!hasKeys && (name === "version" || ID.test(value))) ? "" : value,
    ]),
  );
};

/** A form of many things has one for each. */
const isRequestKey = (name: string) => /(?:^|\.)requestKey$/.test(name);

/** What was tried so far: each field of a form once, and every name by which a field was found. */
type Tried = Readonly<{ lines: Set<string>; names: Set<string> }>;

/** Types everything awkward into every field of these pages' forms; answers with what was taken wrongly. */
async function tryEverything(
  request: APIRequestContext,
  origin: string,
  pages: readonly (Place & Readonly<{ html: string }>)[],
  tried: Tried,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { route, at, cookie, html } of pages) {
    for (const { fields, sent, intent } of formsOf(html)) {
      const harmless = neverDone(sent);
      for (const { name, kind } of fields) {
        const line = `${route} ${intent} ${name.replace(/\[\d+\]/g, "[]")}`;
        if (tried.lines.has(line) || NO_NUMBER.includes(name)) continue;
        tried.lines.add(line);
        tried.names.add(name.split(".").at(-1) ?? name);
        for (const [typed, isRight] of [...Object.entries(AWKWARD[kind]), ["", undefined] as const]) {
          const answer = await request.post(at, {
            maxRedirects: 0,
            headers: { cookie, origin },
            form: { ...harmless, ...(intent === "" ? {} : { intent }), [name]: typed },
          });
          const body = (await answer.text()).replace(/<script[\s\S]*?<\/script>/g, "");
          const beside = new RegExp(
            `id="field-${name.replace(/[[\]]/g, "\\$&")}-error"[\\s\\S]{0,400}?<span>([^<]*)`,
          ).exec(body)?.[1];
          const isUnreadable = beside !== undefined && UNREADABLE.some((words) => beside.includes(words));
          const what = `${line} ${JSON.stringify(typed)}: ${answer.status()} ${beside ?? ""}`;
          if (answer.status() >= 500) wrong.push(what);
          else if (isRight === true && isUnreadable) wrong.push(`${what} though it can be read`);
          else if (
            isRight === false &&
            beside === undefined &&
            !LATER.includes(route) &&
            ![403, 404, 409].includes(answer.status())
          )
            wrong.push(`${what} without a word beside it`);
        }
      }
    }
  }

  return wrong;
}

test("whatever is typed into a field of a number, an amount, a day or a moment: it is read rightly or answered beside its field, never 500", async ({
  page,
  request,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const tried: Tried = { lines: new Set(), names: new Set() };
  const origin = baseURL ?? "";
  const wrong = await tryEverything(request, origin, (await openPlaces(request)).open, tried);
  // What the demo does not come to by itself is brought there, and tried while it stands so.
  for await (const brought of parcelsBrought(page))
    wrong.push(...(await tryEverything(request, origin, [brought], tried)));
  for await (const brought of rulesBrought(page))
    wrong.push(...(await tryEverything(request, origin, [brought], tried)));
  expect(wrong).toEqual([]);
  const fields = typedFields().map((name) => BY_FACT[name] ?? name);
  expect(fields.filter((name) => !tried.names.has(name) && !CARRIED.includes(name))).toEqual([]);
});
