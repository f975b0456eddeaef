import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { zhHans } from "~/i18n/zh-Hans/catalogues";
import { AWKWARD, formsOf } from "./steps/fields";
import { openPlaces } from "./steps/places";
import { expect, test } from "./support";

/** Fields of numbers and moments that nobody types: what a page carries along. */
const CARRIED = ["was", "parcelsSeen", "index"];

/** Forms whose fields are read after something else of them (a key, a choice), which these requests leave out: they are tried for 500 alone. */
const LATER = ["gifts/:code/confirm", "field/new", "organisation/new", "field/referrals/:id", "lists-desk/values"];

/** Fields of pages that the demo does not come to by itself, and what would have to happen first: still untried here. */
const NOT_REACHED: Readonly<Record<string, string>> = {
  accepted: "a parcel that waits to be inspected",
  refused: "a parcel that waits to be inspected",
  unitValueFen: "a parcel that waits to be inspected",
  bestBefore: "a parcel that waits to be inspected",
  signedCount: "a group's parcel on its way",
  years: "a rule being written, with a case of its own",
  valuesOn: "a rule being written, with a case of its own",
  effectiveOn: "a rule that waits for a second person",
};

/** Typed by the number keys, and no number. */
const NO_NUMBER = ["secret"];

/** What is said of a value that cannot be read as what it is; of one that can, never. */
const UNREADABLE: readonly string[] = [zhHans.common.wholeNumber, zhHans.common.amountWrong, zhHans.common.dayWrong, zhHans.common.momentWrong];

/** The fields of every schema that kernel/typed reads as a number, an amount, a day or a moment. */
function typedFields(): string[] {
  const files = readdirSync("app/domain", { recursive: true, encoding: "utf8" }).filter((file) => /([sS]chemas|Input)\.ts$/.test(file));
  const typed = /(\w+): (?:Quantity|Count|Moment|CalendarDay|DayBegins|YuanAmount|YuanOrZero|Years|wholeNumber\(|yuan\()/g;
  return [...new Set(files.flatMap((file) => [...readFileSync(path.join("app/domain", file), "utf8").matchAll(typed)].map(([, name = ""]) => name)))];
}

const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

/** A form as it stands without its request key, or where it has none without its ids and its version: whatever is typed, nothing is ever done, and it comes back. */
const neverDone = (sent: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name, name === "requestKey" || (!("requestKey" in sent) && (name === "version" || ID.test(value))) ? "" : value]),
  );

test("whatever is typed into a field of a number, an amount, a day or a moment: it is read rightly or answered beside its field, never 500", async ({ request, baseURL }) => {
  test.setTimeout(180_000);
  const { open } = await openPlaces(request);
  const seen = new Set<string>();
  const tried = new Set<string>();
  const wrong: string[] = [];
  for (const { route, at, cookie, html } of open) {
    for (const { fields, sent, intent } of formsOf(html)) {
      const harmless = neverDone(sent);
      for (const { name, kind } of fields) {
        const line = `${route} ${intent} ${name.replace(/\[\d+\]/g, "[]")}`;
        if (seen.has(line) || NO_NUMBER.includes(name)) continue;
        seen.add(line);
        tried.add(name.split(".").at(-1) ?? name);
        for (const [typed, isRight] of [...Object.entries(AWKWARD[kind]), ["", undefined] as const]) {
          const answer = await request.post(at, {
            maxRedirects: 0,
            headers: { cookie, origin: baseURL ?? "" },
            form: { ...harmless, ...(intent === "" ? {} : { intent }), [name]: typed },
          });
          const body = (await answer.text()).replace(/<script[\s\S]*?<\/script>/g, "");
          const beside = new RegExp(`id="field-${name.replace(/[[\]]/g, "\\$&")}-error"[\\s\\S]{0,400}?<span>([^<]*)`).exec(body)?.[1];
          const isUnreadable = beside !== undefined && UNREADABLE.some((words) => beside.includes(words));
          const what = `${line} ${JSON.stringify(typed)}: ${answer.status()} ${beside ?? ""}`;
          if (answer.status() >= 500) wrong.push(what);
          else if (isRight === true && isUnreadable) wrong.push(`${what} though it can be read`);
          else if (isRight === false && beside === undefined && !LATER.includes(route) && ![403, 404, 409].includes(answer.status()))
            wrong.push(`${what} without a word beside it`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(typedFields().filter((name) => !tried.has(name) && !CARRIED.includes(name) && !(name in NOT_REACHED))).toEqual([]);
});
