import { expect, test } from "vitest";
import { sortKey, staleKey } from "~/domain/lists/desk/deskQueries.server";
import { readFact, readPlace } from "~/domain/lists/desk/ruleEditing";
import { keyText, readKey } from "~/domain/needs/wishFilter";
import { RuleShape } from "~/domain/rules/ruleShape";

const ID = "3f7b145d-84af-42d7-8fae-eaca714b0001";
const NO_ID = "-".repeat(36);

test("a place in the list of wishes is read as it was written, and nothing else is a place", () => {
  const place = { at: new Date("2026-03-02T02:00:00Z"), id: ID, back: true };
  expect(readKey(keyText(place))).toEqual(place);
  for (const typed of ["", "abc", `f1.${NO_ID}`, `fzzzzzzzzz.${ID}`, `fzzzzzzzzzz.${ID}`, `x1.${ID}`])
    expect(readKey(typed), typed).toBeUndefined();
});

test("so is a place in the desk's lists", () => {
  expect(sortKey("40")).toBe(40);
  for (const typed of ["-1", "2147483648", "99999999999999999999", "abc"])
    expect(sortKey(typed), typed).toBeUndefined();
  expect(staleKey(`never_${ID}`)).toEqual({ checkedAt: null, id: ID });
  for (const typed of [`never_${NO_ID}`, `2026-13-01T00:00:00Z_${ID}`, "never"])
    expect(staleKey(typed), typed).toBeUndefined();
});

test("the rule editor's address names a place of this rule, and a fact that can stand there", () => {
  const rule = RuleShape.parse({
    all: [{ fact: "livesAlone", is: true }, { some: { fact: "ageYears", compare: "at_least", to: 65 } }],
  });
  expect(["all", "0", "1", "1.0"].map((place) => readPlace(rule, place))).toEqual(["", "0", "1", "1.0"]);
  for (const place of ["", "2", "0.0", "1.0.0", "1.1", "x", "0.", "all.0"])
    expect(readPlace(rule, place), place).toBeUndefined();
  // A draft without a rule has one place.
  expect([readPlace(undefined, "all"), readPlace(undefined, "0")]).toEqual(["", undefined]);
  expect([
    readFact(rule, "", "livesAlone"),
    readFact(rule, "", "ask"),
    readFact(rule, "", "nonsense"),
  ]).toEqual(["livesAlone", "ask", undefined]);
  // Of one person, neither the household's facts nor "ask in person" can be said.
  expect([
    readFact(rule, "1.0", "ageYears"),
    readFact(rule, "1.0", "livesAlone"),
    readFact(rule, "1.0", "ask"),
  ]).toEqual(["ageYears", undefined, undefined]);
});
