import { expect, test } from "vitest";
import { PayAmountInput } from "~/domain/payments/schemas";
import { readForm } from "~/http/form.server";

const ELSE = {
  requestKey: "0198a2f0-6e5c-7000-8000-000000000001",
  lineId: "0198a2f0-6e5c-7000-8000-000000000002",
  filingNumber: "53100000000000000A",
  displayChoice: "kind_person",
  ifGone: "ask_me",
  notRelative: "yes",
};

function read(typed: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(typed)) form.set(name, value);
  const answer = readForm(form, PayAmountInput);
  return answer.ok ? answer.value.quantity : answer.reply.errors;
}

test("an amount at hand is what is paid, whatever was typed before into the field that is no longer seen", () => {
  for (const left of ["", "88", "many"]) expect(read({ ...ELSE, atHand: "50", quantity: left })).toBe(5_000n);
});

test("another amount is read as people type it, from one yuan on", () => {
  expect(read({ ...ELSE, atHand: "other", quantity: " ８８．５ " })).toBe(8_850n);
  // Where the field stands in sight from the first, nobody has to say that they mean what they type.
  expect(read({ ...ELSE, quantity: "88" })).toBe(8_800n);
  for (const wrong of ["", "0.99", "many", "-5"])
    expect(Object.keys(read({ ...ELSE, atHand: "other", quantity: wrong }))).toEqual(["quantity"]);
});

test("what is missing is told at once, and an amount that is not offered is none", () => {
  expect(Object.keys(read(ELSE))).toEqual(["atHand"]);
  expect(Object.keys(read({ ...ELSE, atHand: "1000000" }))).toEqual(["atHand"]);
  const errors = Object.keys(read({ ...ELSE, atHand: "other", quantity: "many", displayChoice: "" }));
  expect(errors).toEqual(["quantity", "displayChoice"]);
});
