import fc from "fast-check";
import { type Answers, countOf, COUNTS, type Field, OTHERS, QUESTIONS } from "~/domain/finder/questions";
import { answersFrom } from "~/domain/finder/readAnswers";
import type { FinderItem } from "~/domain/finder/results";

/** Every field of every question. */
export const FIELDS = QUESTIONS.flatMap((question) => question.fields);

function answerOf(field: Field): fc.Arbitrary<string[]> {
  if (field.kind === "years") return fc.nat(110).map((age) => [String(age)]);
  if (field.kind === "yuan") return fc.nat(20_000).map((yuan) => [String(yuan)]);
  return field.kind === "one"
    ? fc.constantFrom(...field.options).map((word) => [word])
    : fc.subarray([...field.options], { minLength: 1 });
}

/** Any answers, to any of the questions. */
export const answersOf: fc.Arbitrary<Answers> = fc
  .record(
    Object.fromEntries([
      ...FIELDS.map((field) => [field.name, answerOf(field)] as const),
      ...Object.keys(OTHERS).map(
        (band) => [countOf(band), fc.constantFrom(...COUNTS).map((count) => [count])] as const,
      ),
    ]),
    { requiredKeys: [] },
  )
  .map((answers) => answersFrom(answers));

/** An entry of the lists with this rule. */
export const item = (
  code: string,
  rule: FinderItem["rule"],
  amount: FinderItem["amount"] = null,
): FinderItem => ({
  code,
  list: "government",
  name: code,
  kind: "rule",
  rule,
  amount,
});
